using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Storage;

/// <summary>Numbers and hashes audit entries, and checks the chain.</summary>
internal static class AuditChain
{
    public static string Genesis { get; } = new('0', 64);

    /// <summary>Gives new entries their place in the chain, inside the transaction that saves them, which no other writer can be beside (<see cref="WriteGate"/>).</summary>
    public static async Task SealAsync(EcosystemDbContext db, IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        var head = db.Set<AuditHead>().Local.FirstOrDefault()
            ?? await db.Set<AuditHead>().AsTracking().SingleAsync(cancellationToken);
        foreach (var entry in entries)
        {
            entry.Sequence = ++head.Sequence;
            entry.PreviousHash = head.Hash;
            entry.Hash = head.Hash = HashOf(entry);
        }

        db.Entry(head).DetectChanges();
    }

    /// <summary>Walks the whole chain.</summary>
    /// <returns>How many entries there are, and the first sequence number at which the chain is broken, or null.</returns>
    public static async Task<(long Entries, long? BrokenAt)> VerifyAsync(EcosystemDbContext db, CancellationToken cancellationToken)
    {
        var (sequence, hash) = (0L, Genesis);
        await foreach (var entry in db.Set<AuditEntry>().AsNoTracking().OrderBy(entry => entry.Sequence).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            sequence++;
            if (entry.Sequence != sequence || entry.PreviousHash != hash || entry.Hash != HashOf(entry))
            {
                return (sequence, sequence);
            }

            hash = entry.Hash;
        }

        var head = await db.Set<AuditHead>().AsNoTracking().SingleAsync(cancellationToken);
        return (sequence, head.Sequence == sequence && head.Hash == hash ? null : sequence + 1);
    }

    // Every field is length-prefixed, so that no two different entries give the same bytes.
    private static string HashOf(AuditEntry entry)
    {
        var text = new StringBuilder(256);
        Append(text, entry.PreviousHash);
        Append(text, entry.Sequence.ToString(CultureInfo.InvariantCulture));
        Append(text, entry.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        Append(text, entry.ActorId);
        Append(text, entry.Source.ToString());
        Append(text, entry.Action);
        Append(text, entry.SubjectKind);
        Append(text, entry.SubjectId);
        Append(text, entry.ReasonText);
        Append(text, entry.DataJson);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void Append(StringBuilder text, string? value)
    {
        if (value is null)
        {
            text.Append('-');
        }
        else
        {
            text.Append(CultureInfo.InvariantCulture, $"{value.Length}:").Append(value);
        }
    }
}
