using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Tasks;

/// <summary>One role or person who may take an open task: what inboxes are read from, so that a page costs the same among any number of tasks.</summary>
internal sealed class TaskCandidate
{
    /// <summary>Stands for everybody of the vendor.</summary>
    internal const string Anybody = "*";

    public long Id { get; init; }

    public required TaskId TaskId { get; init; }

    public required string Who { get; init; }

    /// <summary>Whether somebody has the task already.</summary>
    public required bool Taken { get; init; }

    public required string Type { get; init; }

    public required string Title { get; init; }

    public required string InboxKey { get; init; }

    /// <summary>Stands for all who may take the task: the same number for the same candidates. What is counted once per circle need not be told apart task by task.</summary>
    public required long Circle { get; init; }

    internal static long CircleOf(IEnumerable<string> candidates) =>
        BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', candidates.Order(StringComparer.Ordinal)))));

    internal static string Role(string role) => "r:" + role;

    internal static string PersonOf(string person) => "p:" + person;

    internal sealed class Configuration : IEntityTypeConfiguration<TaskCandidate>
    {
        public void Configure(EntityTypeBuilder<TaskCandidate> builder)
        {
            builder.HasKey(candidate => candidate.Id);
            builder.Property(candidate => candidate.Id).ValueGeneratedOnAdd();
            builder.Property(candidate => candidate.InboxKey).HasMaxLength(130).IsUnicode(false);
            builder.HasIndex(candidate => candidate.TaskId);
            builder.HasIndex(candidate => new { candidate.Who, candidate.Taken, candidate.InboxKey, candidate.Title });
            builder.HasIndex(candidate => new { candidate.Who, candidate.Taken, candidate.Type, candidate.InboxKey });
            builder.HasIndex(candidate => new { candidate.Who, candidate.Taken, candidate.Circle, candidate.Type, candidate.InboxKey });
        }
    }
}
