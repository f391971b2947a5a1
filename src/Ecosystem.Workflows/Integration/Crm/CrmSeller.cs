namespace Ecosystem.Workflows.Integration.Crm;

/// <summary>A sales person, the manager (the partner company in the lifecycle) and the office's region.</summary>
/// <param name="Row">Row of the file; the header is row 1.</param>
/// <param name="Name">Sales person.</param>
/// <param name="Manager">Manager.</param>
/// <param name="Region">Regional office.</param>
public sealed record CrmSeller(int Row, string Name, string Manager, string Region);
