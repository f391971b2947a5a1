using MudBlazor;

namespace Ecosystem.Designer.Layout;

/// <summary>Colours and type of the site. System fonts only: nothing is fetched from elsewhere. Text on every surface meets WCAG AA.</summary>
internal static class SiteTheme
{
    private static readonly string[] Fonts = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif"];

    /// <summary>The theme.</summary>
    public static readonly MudTheme Theme = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#1f5566",
            PrimaryContrastText = "#ffffff",
            Secondary = "#8a4b12",
            SecondaryContrastText = "#ffffff",
            Tertiary = "#4a5aa8",
            Info = "#1f5f99",
            Success = "#22693f",
            Warning = "#8a5a00",
            Error = "#a5281f",
            Background = "#f6f6f3",
            Surface = "#ffffff",
            AppbarBackground = "#ffffff",
            AppbarText = "#1b2529",
            DrawerBackground = "#ffffff",
            DrawerText = "#1b2529",
            DrawerIcon = "#4d5b60",
            TextPrimary = "#1b2529",
            TextSecondary = "#4d5b60",
            TextDisabled = "#6b777b",
            ActionDefault = "#4d5b60",
            LinesDefault = "#e2e4e0",
            LinesInputs = "#8b969a",
            TableLines = "#e9ebe7",
            Divider = "#e2e4e0",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Fonts, FontSize = "0.9375rem", LineHeight = "1.5", LetterSpacing = "normal" },
            H1 = new H1Typography { FontFamily = Fonts, FontSize = "1.625rem", FontWeight = "600", LineHeight = "1.25", LetterSpacing = "-0.01em" },
            H2 = new H2Typography { FontFamily = Fonts, FontSize = "1.0625rem", FontWeight = "600", LineHeight = "1.35", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = Fonts, FontSize = "0.9rem", FontWeight = "600", TextTransform = "none", LetterSpacing = "normal" },
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px", DrawerWidthLeft = "232px", AppbarHeight = "56px" },
    };
}
