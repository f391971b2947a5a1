using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Definitions;

/// <summary>The stored result of a step, under the key that makes the step idempotent.</summary>
internal sealed class StepRecord : IAppendOnly
{
    public required string Key { get; init; }

    public required CaseId CaseId { get; init; }

    public required string Outcome { get; init; }

    public required string OutputJson { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<StepRecord>
    {
        public void Configure(EntityTypeBuilder<StepRecord> builder)
        {
            builder.HasKey(record => record.Key);
            builder.Property(record => record.Key).HasMaxLength(200).IsUnicode(false);
        }
    }
}
