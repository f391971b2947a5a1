namespace Ecosystem.Rules.Fluent;

/// <summary>Shorthands for filtering rules by their metadata.</summary>
public static class RuleMetadataExtensions
{
    /// <summary>Tells whether a rule has a tag.</summary>
    /// <param name="metadata">Metadata of the rule.</param>
    /// <param name="tag">Tag to look for.</param>
    /// <returns>Whether the rule has it.</returns>
    public static bool IsTagged(this IRuleMetadata metadata, string tag) => metadata.Tags.Contains(tag);

    /// <summary>Tells whether a rule has all of the given tags.</summary>
    /// <param name="metadata">Metadata of the rule.</param>
    /// <param name="tags">Tags to look for.</param>
    /// <returns>Whether the rule has them.</returns>
    public static bool IsTagged(this IRuleMetadata metadata, params string[] tags) => tags.All(t => metadata.Tags.Contains(t));
}
