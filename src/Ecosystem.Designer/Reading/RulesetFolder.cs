using Ecosystem.Rules.Rulesets;

namespace Ecosystem.Designer.Reading;

/// <summary>The rulesets of the product's folder, for pages and the API.</summary>
internal sealed class RulesetFolder(IConfiguration configuration)
{
    private readonly Lazy<RulesetLibrary> _library = new(() => RulesetLibrary.LoadFolder(
        configuration["Ecosystem:Rulesets"] is { Length: > 0 } folder ? folder : Path.Combine(AppContext.BaseDirectory, "rulesets")));

    /// <summary>All versions by name.</summary>
    public RulesetLibrary Library => _library.Value;
}
