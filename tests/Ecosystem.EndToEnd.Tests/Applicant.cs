namespace Ecosystem.EndToEnd.Tests;

/// <summary>A company that becomes a partner in a walk.</summary>
internal sealed record Applicant(
    string Company, string Domain, string Town, string Country, string VatNumber, string Contact, string Iban, string Bic, string Street, string PostCode)
{
    /// <summary>A partner with a bank identifier.</summary>
    public static readonly Applicant Nordlicht = new(
        "Nordlicht Systems GmbH", "nordlicht-systems.example", "Hamburg", "DE", "DE136695976", "Nora Nord", "DE02120300000000202051", "BYLADEM1001", "Speicherstadt 7", "20457");

    /// <summary>A partner without one: its bank is found by the IBAN.</summary>
    public static readonly Applicant Alpenblick = new(
        "Alpenblick IT AG", "alpenblick-it.example", "Wien", "AT", "ATU62895905", "Alma Alp", "AT611904300234573201", "", "Am Graben 12", "1010");

    /// <summary>The contact's address, and sign-in.</summary>
    public string Email => $"{Contact.Split(' ')[0].ToLowerInvariant()}@{Domain}";
}
