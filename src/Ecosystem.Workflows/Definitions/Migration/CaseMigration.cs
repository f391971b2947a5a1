namespace Ecosystem.Workflows.Definitions;

/// <summary>The argument of the update <c>migrate</c> and the query <c>migration</c>: takes a case to another version of its definition.</summary>
/// <param name="Version">The number of the version.</param>
/// <param name="ContentHash">Its content.</param>
/// <param name="Activities">Which activity of the new version stands for one of the old, by id; one with the same id stands for itself.</param>
/// <param name="By">Who decides.</param>
internal sealed record CaseMigration(int Version, string ContentHash, IReadOnlyDictionary<string, string> Activities, string By)
{
    internal const string Update = "migrate";
    internal const string Query = "migration";
}

/// <summary>What would become, or became, of a case that is to go to another version.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Migrated">True when it went there; in a dry run, when it would.</param>
/// <param name="Problems">Why not: one sentence for each activity that has nowhere to go.</param>
public sealed record CaseMigrated(CaseId CaseId, bool Migrated, IReadOnlyList<string> Problems);
