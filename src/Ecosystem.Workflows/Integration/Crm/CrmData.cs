namespace Ecosystem.Workflows.Integration.Crm;

/// <summary>A CRM export, read and cleaned.</summary>
/// <param name="Accounts">Accounts.</param>
/// <param name="Products">Products.</param>
/// <param name="Sellers">Sales people.</param>
/// <param name="Opportunities">Opportunities.</param>
/// <param name="Findings">Every repair, every rejection and every remark, in the order of files and rows.</param>
/// <param name="Hash">SHA-256 over the four files, in lower-case hexadecimal; tells one export from another.</param>
public sealed record CrmData(
    IReadOnlyList<CrmAccount> Accounts,
    IReadOnlyList<CrmProduct> Products,
    IReadOnlyList<CrmSeller> Sellers,
    IReadOnlyList<CrmOpportunity> Opportunities,
    IReadOnlyList<ImportFinding> Findings,
    string Hash);
