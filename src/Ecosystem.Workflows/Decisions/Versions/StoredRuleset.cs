using System.Text.Json;
using Ecosystem.Rules.Rulesets;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Decisions;

/// <summary>A version of a ruleset that was written, published or retired here. Versions that are only shipped stand in the folder.</summary>
internal sealed class StoredRuleset : IVersioned
{
    /// <summary>Name and version, as <c>name@version</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The ruleset.</summary>
    public required string Name { get; init; }

    /// <summary>Its version.</summary>
    public required string RulesetVersion { get; init; }

    /// <summary>Where it stands.</summary>
    public RulesetVersionState State { get; set; }

    /// <summary>The YAML text.</summary>
    public required string Text { get; set; }

    /// <summary>The id of who wrote the text as it is.</summary>
    public required string Author { get; set; }

    /// <summary>What happened to it, as a JSON list of what, by, at, why.</summary>
    public required string EventsJson { get; set; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <inheritdoc/>
    public long Version { get; set; }

    public static string IdOf(string name, string version) => $"{name}@{version}";

    public static StoredRuleset From(RulesetVersion version, DateTimeOffset at)
    {
        var stored = new StoredRuleset { Id = IdOf(version.Name, version.Version), Name = version.Name, RulesetVersion = version.Version, Text = "", Author = "", EventsJson = "" };
        stored.Take(version, at);
        return stored;
    }

    public void Take(RulesetVersion version, DateTimeOffset at)
    {
        State = version.State;
        Text = version.Text;
        Author = version.Author;
        EventsJson = JsonSerializer.Serialize(version.Events, StoredJson.Options);
        ChangedAt = at;
    }

    public RulesetVersion ToVersion() =>
        new(Name, RulesetVersion, Text, State, Author, JsonSerializer.Deserialize<IReadOnlyList<RulesetVersion.VersionEvent>>(EventsJson, StoredJson.Options) ?? []);

    internal sealed class Configuration : IEntityTypeConfiguration<StoredRuleset>
    {
        public void Configure(EntityTypeBuilder<StoredRuleset> builder)
        {
            builder.HasKey(version => version.Id);
            builder.Property(version => version.Id).HasMaxLength(122);
            builder.Property(version => version.Name).HasMaxLength(80);
            builder.Property(version => version.RulesetVersion).HasMaxLength(40);
            builder.Property(version => version.Author).HasMaxLength(120);
            builder.HasIndex(version => new { version.Name, version.State });
        }
    }
}
