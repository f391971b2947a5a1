using Ecosystem.Designer.Api;
using Ecosystem.Designer.Elsa;
using Ecosystem.Designer.Links;
using Ecosystem.Designer.Reading;
using MudBlazor.Services;

namespace Ecosystem.Designer.Layout;

/// <summary>Registers and maps the pages.</summary>
internal static class SiteSetup
{
    /// <summary>Adds the services.</summary>
    public static void AddSite(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents(options => options.DetailedErrors = false);
        services.AddMudServices(options =>
        {
            options.SnackbarConfiguration.PositionClass = MudBlazor.Defaults.Classes.Position.BottomCenter;
            options.SnackbarConfiguration.PreventDuplicates = true;
            options.SnackbarConfiguration.VisibleStateDuration = 6000;
        });
        services.AddHttpContextAccessor();
        services.AddSingleton<ProcessReader>();
        services.AddScoped<Names>();
        services.AddElsa();
        services.AddHsts(options => options.MaxAge = TimeSpan.FromDays(365));
    }

    /// <summary>Adds the middleware, in its order.</summary>
    public static void UseSite(this WebApplication app)
    {
        app.UseExceptionHandler("/error");
        app.UseWhen(IsApi, api => api.UseStatusCodePages());
        app.UseWhen(context => !IsApi(context) && !IsListening(context), pages => pages.UseStatusCodePagesWithReExecute("/not-found"));
        app.UseMiddleware<SecurityHeaders>();

        // After what runs a request a second time under another path, so that the path is looked up again.
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseWhen(IsApi, api => api.UseMiddleware<IdempotencyMiddleware>());
    }

    /// <summary>Maps static files, pages and the sign-in posts.</summary>
    public static void MapSite(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapStudio();
        app.MapElsa();
        SignInEndpoints.Map(app);
        LinkEndpoints.Map(app);
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }

    // What a process answers is its own, also when it is an error.
    private static bool IsListening(HttpContext context) => context.Request.Path.StartsWithSegments("/workflows", StringComparison.Ordinal);

    private static bool IsApi(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) || context.Request.Path.StartsWithSegments("/elsa", StringComparison.Ordinal);
}
