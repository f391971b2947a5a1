namespace Ecosystem.Workflows.Integration.Crm;

/// <summary>A customer as the CRM knows it.</summary>
/// <param name="Row">Row of the file; the header is row 1.</param>
/// <param name="Name">Account name, which other files refer to.</param>
/// <param name="Sector">Sector, spelling repaired.</param>
/// <param name="YearEstablished">Year in which the company was founded.</param>
/// <param name="Revenue">Revenue in millions of the CRM's currency.</param>
/// <param name="Employees">Number of employees.</param>
/// <param name="CountryName">Office location as text, spelling repaired.</param>
/// <param name="Country">ISO 3166-1 alpha-2 code; null where the text names no country or more than one.</param>
/// <param name="Parent">Name of the parent account.</param>
public sealed record CrmAccount(
    int Row, string Name, string Sector, int? YearEstablished, decimal? Revenue, int? Employees, string? CountryName, string? Country, string? Parent);
