using System.Text;
using System.Xml.Linq;
using Ecosystem.Workflows.Incentives.Files;

namespace Ecosystem.Workflows.Tests.Incentives;

public class PaymentFileTests
{
    private static readonly XNamespace Ns = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";

    private static readonly PaymentBatch Sepa = new(
        "payout-2026-10-EUR",
        new DateTimeOffset(2026, 11, 16, 10, 30, 5, 700, TimeSpan.Zero),
        new DateOnly(2026, 11, 17),
        Currency.Eur,
        new PaymentParty("Beispiel Vertriebs AG", new PostalAddress("Frankfurt am Main", "DE") { Street = "Mainzer Landstraße", Building = "1", PostCode = "60329" }, BankAccount.OfIban("DE89 3704 0044 0532 0130 00", "COBADEFFXXX")),
        [
            new CreditTransfer(
                "payout-2026-10-EUR-001",
                new Money(1234.5m, Currency.Eur),
                new PaymentParty("Müller & Söhne GmbH", new PostalAddress("Köln", "DE") { Street = "Domstr.", Building = "5", PostCode = "50668" }, BankAccount.OfIban("DE75512108001245126199")),
                "Partner commission 2026-10"),
            new CreditTransfer(
                "payout-2026-10-EUR-002",
                new Money(0.01m, Currency.Eur),
                new PaymentParty("Société Générique", new PostalAddress("Paris", "FR") { Lines = ["Bâtiment C, 3e étage"] }, BankAccount.OfIban("FR1420041010050500013M02606", "PSSTFRPPXXX")),
                "Partner commission 2026-10"),
        ]);

    private static readonly PaymentBatch Dollars = new(
        "payout-2017-03-USD",
        new DateTimeOffset(2017, 5, 1, 9, 0, 0, TimeSpan.Zero),
        new DateOnly(2017, 5, 2),
        Currency.Usd,
        new PaymentParty("Vendor Inc", new PostalAddress("New York", "US"), BankAccount.OfUnitedStates("021000021", "000123456789")),
        [
            new CreditTransfer("payout-2017-03-USD-001", new Money(100m, Currency.Usd), new PaymentParty("First Partner", new PostalAddress("Chicago", "US"), BankAccount.OfUnitedStates("021000021", "11112222")), "Commission 2017-03"),
            new CreditTransfer("payout-2017-03-USD-002", new Money(0.05m, Currency.Usd), new PaymentParty("Second Partner", new PostalAddress("Boston", "US"), BankAccount.OfUnitedStates("121000248", "3333-4444", isSavings: true)), "Commission 2017-03"),
            new CreditTransfer("payout-2017-03-USD-003", new Money(7m, Currency.Usd), new PaymentParty("Jane Person", new PostalAddress("Reno", "US"), BankAccount.OfUnitedStates("011401533", "555")), "Commission 2017-03") { IsPerson = true },
        ])
    {
        CompanyId = "1123456789",
    };

    [Fact]
    public void Write_Sepa_EqualsGolden() => Golden.Check("pain001-sepa.xml", Text(Sepa, PaymentFileFormat.Pain001));

    [Fact]
    public void Write_DollarsAsPain001_EqualsGolden() => Golden.Check("pain001-usd.xml", Text(Dollars, PaymentFileFormat.Pain001));

    [Fact]
    public void Write_Nacha_EqualsGolden() => Golden.Check("nacha.ach", Text(Dollars, PaymentFileFormat.Nacha));

    [Fact]
    public void Write_Csv_EqualsGolden() => Golden.Check("payments.csv", Text(Sepa, PaymentFileFormat.Csv));

    [Fact]
    public void Write_Sepa_FollowsTheRulesOfVersion09()
    {
        var document = XDocument.Parse(Text(Sepa, PaymentFileFormat.Pain001));
        var root = document.Root!.Element(Ns + "CstmrCdtTrfInitn")!;
        foreach (var totals in (XElement[])[root.Element(Ns + "GrpHdr")!, root.Element(Ns + "PmtInf")!])
        {
            Assert.Equal("2", totals.Element(Ns + "NbOfTxs")!.Value);
            Assert.Equal("1234.51", totals.Element(Ns + "CtrlSum")!.Value);
        }

        Assert.Equal("2026-11-17", root.Element(Ns + "PmtInf")!.Element(Ns + "ReqdExctnDt")!.Element(Ns + "Dt")!.Value);
        Assert.Equal("2026-11-16T10:30:05Z", root.Element(Ns + "GrpHdr")!.Element(Ns + "CreDtTm")!.Value);
        Assert.Empty(document.Descendants(Ns + "BIC"));
        Assert.Equal(["COBADEFFXXX", "PSSTFRPPXXX"], document.Descendants(Ns + "BICFI").Select(e => e.Value));
        Assert.All(document.Descendants(Ns + "IBAN"), iban => Assert.True(BankIdentifiers.IsIban(iban.Value)));
        Assert.All(document.Descendants(Ns + "PstlAdr"), address =>
        {
            Assert.NotEmpty(address.Element(Ns + "TwnNm")!.Value);
            Assert.Matches("^[A-Z]{2}$", address.Element(Ns + "Ctry")!.Value);
        });
        Assert.All(document.Descendants().Where(e => !e.HasElements), e => Assert.True(BankText.IsLatin(e.Value), e.Value));
        Assert.Equal("SLEV", document.Descendants(Ns + "ChrgBr").Single().Value);
    }

    [Theory]
    [InlineData(PaymentFileFormat.Pain001)]
    [InlineData(PaymentFileFormat.Nacha)]
    [InlineData(PaymentFileFormat.Csv)]
    public void Write_EqualBatches_AreByteEqual(PaymentFileFormat format)
    {
        var again = Dollars with { Transfers = [.. Dollars.Transfers.Select(transfer => transfer with { })] };
        var (one, two) = (PaymentFile.Write(Dollars, format).Value, PaymentFile.Write(again, format).Value);
        Assert.Equal(one.Sha256, two.Sha256);
        Assert.True(one.Content.Span.SequenceEqual(two.Content.Span));
    }

    [Fact]
    public void Write_Nacha_HasTheShapeAndTheSumsOfTheStandard()
    {
        var lines = Text(Dollars, PaymentFileFormat.Nacha).TrimEnd('\n').Split('\n');
        Assert.Equal(0, lines.Length % 10);
        Assert.All(lines, line => Assert.Equal(94, line.Length));
        Assert.All(lines, line => Assert.Equal(line.ToUpperInvariant(), line));
        var companies = lines.First(line => line[0] == '8');

        // 02100002 + 12100024
        Assert.Equal("0014200026", companies[10..20]);
        Assert.Equal("000000010005", companies[32..44]);
        Assert.Equal(["CCD", "PPD"], lines.Where(line => line[0] == '5').Select(line => line[50..53]));
        Assert.Equal(["22", "32", "22"], lines.Where(line => line[0] == '6').Select(line => line[1..3]));
        Assert.Equal(["021000020000001", "021000020000002", "021000020000003"], lines.Where(line => line[0] == '6').Select(line => line[79..]));
        var file = lines.First(line => line[0] == '9');
        Assert.Equal("000002", file[1..7]);
        Assert.Equal("000001", file[7..13]);
        Assert.Equal("00000003", file[13..21]);
        Assert.Equal("0015340179", file[21..31]);
        Assert.Equal("000000010705", file[43..55]);
    }

    [Fact]
    public void Write_NothingFits_NamesEveryField()
    {
        var bad = Sepa with
        {
            Id = "ä",
            Transfers =
            [
                Sepa.Transfers[0] with { Amount = new Money(-1m, Currency.Eur) },
                Sepa.Transfers[1] with { EndToEndId = Sepa.Transfers[0].EndToEndId, Amount = new Money(1m, Currency.Usd) },
                new CreditTransfer("x", new Money(1.005m, Currency.Eur), new PaymentParty(" ", new PostalAddress(" ", "Germany") { Lines = ["a", "b", "c"] }, BankAccount.OfIban("DE00")), ""),
                Sepa.Transfers[0] with { EndToEndId = "y", Creditor = Sepa.Transfers[0].Creditor with { Address = new PostalAddress("Köln", "DE") { Lines = ["50668 Köln"] } } },
            ],
        };
        var fields = PaymentFile.Write(bad, PaymentFileFormat.Pain001).Refusals.Select(refusal => refusal.Field).ToHashSet();
        Assert.Superset(
            new HashSet<string?>
            {
                "id", "transfers[0].amount", "transfers[1].amount", "transfers[1].endToEndId", "transfers[2].amount", "transfers[2].creditor.name",
                "transfers[2].creditor.address.town", "transfers[2].creditor.address.country", "transfers[2].creditor.address.lines",
                "transfers[2].creditor.account.iban", "transfers[3].creditor.address.lines[0]",
            },
            fields);
    }

    [Fact]
    public void Write_NachaWithIban_IsRefused()
    {
        var fields = PaymentFile.Write(Sepa, PaymentFileFormat.Nacha).Refusals.Select(refusal => refusal.Field).ToHashSet();
        Assert.Contains("currency", fields);
        Assert.Contains("companyId", fields);
        Assert.Contains("transfers[0].creditor.account.routingNumber", fields);
    }

    private static string Text(PaymentBatch batch, PaymentFileFormat format)
    {
        var result = PaymentFile.Write(batch, format);
        Assert.Empty(result.Refusals);
        return Encoding.UTF8.GetString(result.Value.Content.Span);
    }
}
