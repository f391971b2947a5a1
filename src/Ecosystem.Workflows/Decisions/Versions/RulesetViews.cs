using Ecosystem.Rules.Rulesets;

namespace Ecosystem.Workflows.Decisions;

/// <summary>A ruleset in the list of all.</summary>
/// <param name="Name">Identifier.</param>
/// <param name="Title">Heading for people.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Owner">Team that owns it.</param>
/// <param name="InForce">Version in force on the day asked for; null when none is.</param>
/// <param name="EffectiveFrom">First day of that version.</param>
/// <param name="Next">Published version that comes into force later; null when there is none.</param>
/// <param name="NextFrom">First day of the next version.</param>
/// <param name="Draft">Version that is being written or waits for publication; null when there is none.</param>
/// <param name="DraftState">Where that version stands.</param>
public sealed record RulesetSummary(
    string Name, string Title, string? Description, string Owner, string? InForce, DateOnly? EffectiveFrom, string? Next, DateOnly? NextFrom, string? Draft, RulesetVersionState? DraftState);

/// <summary>One version of a ruleset with all that is known of it.</summary>
/// <param name="Name">Identifier.</param>
/// <param name="Version">The version.</param>
/// <param name="Title">Heading for people.</param>
/// <param name="State">Where it stands.</param>
/// <param name="EffectiveFrom">First day on which it is in force.</param>
/// <param name="EffectiveTo">Last day; null for no end.</param>
/// <param name="Text">The YAML text.</param>
/// <param name="Author">The id of who wrote it; <c>system:shipped</c> for what came with the product.</param>
/// <param name="Events">What happened to it: what, by whom, when, why.</param>
/// <param name="ETag">Changes with every edit.</param>
/// <param name="Versions">All versions of the ruleset, newest first.</param>
public sealed record RulesetView(
    string Name,
    string Version,
    string Title,
    RulesetVersionState State,
    DateOnly? EffectiveFrom,
    DateOnly? EffectiveTo,
    string Text,
    string Author,
    IReadOnlyList<RulesetVersion.VersionEvent> Events,
    long ETag,
    IReadOnlyList<RulesetVersionSummary> Versions);

/// <summary>A version in the list of a ruleset's versions.</summary>
/// <param name="Version">The version.</param>
/// <param name="State">Where it stands.</param>
/// <param name="EffectiveFrom">First day; null when its text cannot be read.</param>
/// <param name="EffectiveTo">Last day; null for no end.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="ChangedAt">When it was last changed; null for shipped versions.</param>
public sealed record RulesetVersionSummary(string Version, RulesetVersionState State, DateOnly? EffectiveFrom, DateOnly? EffectiveTo, string Author, DateTimeOffset? ChangedAt);

/// <summary>What the check of a version found.</summary>
/// <param name="Name">The ruleset.</param>
/// <param name="Version">The version that was checked.</param>
/// <param name="Publishable">Whether nothing stands against publishing it.</param>
/// <param name="Findings">Reading, analysis, dependencies, rows that applied to no decision; errors first.</param>
/// <param name="Tests">The test cases and the coverage of the rows; null when the text cannot be read.</param>
/// <param name="Comparable">The version that is in force now, which the changes are against; null when there is none.</param>
/// <param name="Changes">The differences from it, in words.</param>
public sealed record RulesetCheck(
    string Name,
    string Version,
    bool Publishable,
    IReadOnlyList<RulesetDiagnostic> Findings,
    RulesetTestReport? Tests,
    string? Comparable,
    IReadOnlyList<RulesetChange> Changes);

/// <summary>Two versions beside each other.</summary>
/// <param name="From">The earlier version.</param>
/// <param name="To">The later version.</param>
/// <param name="Changes">The differences row by row, in words.</param>
/// <param name="Diff">The differences line by line, as a unified diff.</param>
public sealed record RulesetVersionComparison(string From, string To, IReadOnlyList<RulesetChange> Changes, string Diff);
