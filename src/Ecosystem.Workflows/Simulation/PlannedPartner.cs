namespace Ecosystem.Workflows.Simulation;

/// <summary>A partner company of the export.</summary>
/// <param name="Id">Its id, made from the name.</param>
/// <param name="Name">The manager's name, which stands for the company.</param>
/// <param name="Region">The region of its office.</param>
/// <param name="Contacts">Its sales people.</param>
public sealed record PlannedPartner(PartnerId Id, string Name, string Region, IReadOnlyList<(ContactId Id, string Name)> Contacts);
