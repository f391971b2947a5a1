using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Definitions;

/// <summary>A trigger of a published definition; rewritten when a version is published or retired.</summary>
internal sealed class TriggerRecord
{
    public required string Id { get; init; }

    public required string DefinitionId { get; init; }

    public required string ActivityId { get; init; }

    public required string ActivityType { get; init; }

    public required TriggerKind Kind { get; init; }

    /// <summary>The event, the path, the cron expression, the interval or the time.</summary>
    public required string Name { get; init; }

    /// <summary>Among the methods: only for callers who are known.</summary>
    internal const string Authorized = "|authorized|";

    /// <summary>For HTTP: the methods, each between bars, and <see cref="Authorized"/> where the definition asks for it.</summary>
    public string Methods { get; init; } = "";

    internal sealed class Configuration : IEntityTypeConfiguration<TriggerRecord>
    {
        public void Configure(EntityTypeBuilder<TriggerRecord> builder)
        {
            builder.HasKey(trigger => trigger.Id);
            builder.Property(trigger => trigger.Id).HasMaxLength(200);
            builder.HasIndex(trigger => new { trigger.Kind, trigger.Name });
        }
    }
}
