namespace Ecosystem.Rules.Rulesets;

/// <summary>The published JSON schema of the document format, for editors and other tools.</summary>
public static class RulesetSchema
{
    private const string Resource = "Ecosystem.Rules.Rulesets.ruleset.schema.json";

    /// <summary>The schema (JSON Schema 2020-12).</summary>
    public static string Json { get; } = Load();

    private static string Load()
    {
        using Stream stream = typeof(RulesetSchema).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {Resource}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
