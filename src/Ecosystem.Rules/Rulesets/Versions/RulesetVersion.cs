namespace Ecosystem.Rules.Rulesets;

/// <summary>The life of one version of a ruleset: its text, its state and who did what, when and why.</summary>
/// <param name="Name">The ruleset.</param>
/// <param name="Version">The version.</param>
/// <param name="Text">The YAML text.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Author">Who wrote the text as it is now.</param>
/// <param name="Events">What happened to it, in order.</param>
public sealed record RulesetVersion(
    string Name, string Version, string Text, RulesetVersionState State, string Author, IReadOnlyList<RulesetVersion.VersionEvent> Events)
{
    /// <summary>Something that was done to a version.</summary>
    /// <param name="What">The state it came into, or <c>edited</c>.</param>
    /// <param name="By">Who did it.</param>
    /// <param name="At">When, in UTC.</param>
    /// <param name="Why">The reason that was given.</param>
    public sealed record VersionEvent(string What, string By, DateTimeOffset At, string Why);

    /// <summary>Everybody who wrote on the version.</summary>
    public IReadOnlySet<string> Authors => Events.Where(e => e.What is "draft" or "edited").Select(e => e.By).ToHashSet(StringComparer.OrdinalIgnoreCase);
}
