using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Tells which version of a definition is in force for whom. Safe for use by many threads.</summary>
public sealed class DefinitionVersions
{
    /// <summary>
    /// Finds the version new cases start on: the newest pilot the partner belongs to, else the newest version that is published for
    /// everybody. Which partners belong to a pilot by share is stable: it follows from the partner and the definition alone.
    /// </summary>
    /// <param name="db">Where to look.</param>
    /// <param name="definitionId">The definition.</param>
    /// <param name="partner">The partner the case belongs to.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The version, or null when none is published.</returns>
    public async Task<VersionInForce?> InForceAsync(EcosystemDbContext db, string definitionId, PartnerId? partner, CancellationToken cancellationToken)
    {
        var published = await db.Set<DefinitionVersion>().AsNoTracking()
            .Where(version => version.DefinitionId == definitionId && version.State == VersionState.Published)
            .OrderByDescending(version => version.Number)
            .Select(version => new { version.Number, version.ContentHash, version.PilotPercent, version.PilotPartnersJson })
            .ToListAsync(cancellationToken);
        var chosen = published.FirstOrDefault(version => (version.PilotPercent, version.PilotPartnersJson) switch
        {
            (null, null) => true,
            _ => partner is { } id && BelongsToPilot(definitionId, id, version.PilotPercent, version.PilotPartnersJson),
        });
        return chosen is null ? null : new VersionInForce(definitionId, chosen.Number, chosen.ContentHash);
    }

    /// <summary>Whether a partner belongs to a pilot.</summary>
    internal static bool BelongsToPilot(string definitionId, PartnerId partner, int? percent, string? partnersJson) =>
        (partnersJson is not null && JsonSerializer.Deserialize<string[]>(partnersJson)!.Contains(partner.Value, StringComparer.Ordinal))
        || (percent is { } share && SHA256.HashData(Encoding.UTF8.GetBytes($"{definitionId}/{partner.Value}"))[0] * 100 < share * 256);
}
