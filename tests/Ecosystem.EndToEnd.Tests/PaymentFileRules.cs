using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Ecosystem.EndToEnd.Tests;

/// <summary>
/// What a bank checks in a <c>pain.001.001.09</c> file, written down by hand from the message definition report of ISO 20022 and the
/// EPC's credit transfer guidelines; nothing of the product is used.
/// </summary>
internal static partial class PaymentFileRules
{
    private static readonly XNamespace Ns = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";

    // Children in the order in which the schema's sequences list them; what is not named may not be there.
    private static readonly Dictionary<string, string[]> Sequences = new(StringComparer.Ordinal)
    {
        ["Document"] = ["CstmrCdtTrfInitn"],
        ["CstmrCdtTrfInitn"] = ["GrpHdr", "PmtInf"],
        ["GrpHdr"] = ["MsgId", "CreDtTm", "NbOfTxs", "CtrlSum", "InitgPty"],
        ["InitgPty"] = ["Nm", "PstlAdr", "Id"],
        ["PmtInf"] = ["PmtInfId", "PmtMtd", "BtchBookg", "NbOfTxs", "CtrlSum", "PmtTpInf", "ReqdExctnDt", "Dbtr", "DbtrAcct", "DbtrAgt", "ChrgBr", "CdtTrfTxInf"],
        ["PmtTpInf"] = ["SvcLvl"],
        ["SvcLvl"] = ["Cd"],
        ["ReqdExctnDt"] = ["Dt"],
        ["Dbtr"] = ["Nm", "PstlAdr", "Id"],
        ["Cdtr"] = ["Nm", "PstlAdr", "Id"],
        ["PstlAdr"] = ["StrtNm", "BldgNb", "PstCd", "TwnNm", "CtrySubDvsn", "Ctry", "AdrLine"],
        ["DbtrAcct"] = ["Id", "Ccy"],
        ["CdtrAcct"] = ["Id", "Ccy"],
        ["DbtrAgt"] = ["FinInstnId"],
        ["CdtrAgt"] = ["FinInstnId"],
        ["FinInstnId"] = ["BICFI", "ClrSysMmbId", "Othr"],
        ["Othr"] = ["Id"],
        ["CdtTrfTxInf"] = ["PmtId", "Amt", "CdtrAgt", "Cdtr", "CdtrAcct", "RmtInf"],
        ["PmtId"] = ["InstrId", "EndToEndId"],
        ["Amt"] = ["InstdAmt"],
        ["RmtInf"] = ["Ustrd"],
        ["Id"] = ["IBAN", "Othr"],
    };

    /// <summary>Checks a file.</summary>
    /// <returns>Its transfers.</returns>
    public static IReadOnlyList<Transfer> Check(string file)
    {
        var document = XDocument.Parse(file);
        Assert.Equal(Ns + "Document", document.Root!.Name);
        CheckShape(document.Root);
        var header = document.Root.Element(Ns + "CstmrCdtTrfInitn")!.Element(Ns + "GrpHdr")!;
        Assert.Matches(@"^.{1,35}$", Text(header, "MsgId"));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$", Text(header, "CreDtTm"));
        Assert.NotEmpty(Text(header.Element(Ns + "InitgPty")!, "Nm"));

        var blocks = document.Descendants(Ns + "PmtInf").ToList();
        Assert.NotEmpty(blocks);
        var transfers = document.Descendants(Ns + "CdtTrfTxInf").Select(ReadTransfer).ToList();
        CheckTotals(header, transfers);
        foreach (var block in blocks)
        {
            CheckTotals(block, [.. block.Elements(Ns + "CdtTrfTxInf").Select(ReadTransfer)]);
            Assert.Equal("TRF", Text(block, "PmtMtd"));
            Assert.Equal("SEPA", block.Element(Ns + "PmtTpInf")!.Element(Ns + "SvcLvl")!.Element(Ns + "Cd")!.Value);
            Assert.Equal("SLEV", Text(block, "ChrgBr"));
            var day = DateOnly.ParseExact(Text(block.Element(Ns + "ReqdExctnDt")!, "Dt"), "yyyy-MM-dd", CultureInfo.InvariantCulture);
            Assert.InRange(day.DayOfWeek, DayOfWeek.Monday, DayOfWeek.Friday);
            CheckAddress(block.Element(Ns + "Dbtr")!);
            CheckIban(block.Element(Ns + "DbtrAcct")!);
            CheckBank(block.Element(Ns + "DbtrAgt")!);
        }

        Assert.Distinct(transfers.Select(transfer => transfer.EndToEndId));
        return transfers;
    }

    private static void CheckShape(XElement element)
    {
        Assert.Equal(Ns, element.Name.Namespace);
        if (!element.HasElements)
        {
            Assert.False(string.IsNullOrWhiteSpace(element.Value), $"{element.Name.LocalName} is empty");
            return;
        }

        var sequence = Sequences[element.Name.LocalName];
        var places = element.Elements().Select(child => Array.IndexOf(sequence, child.Name.LocalName)).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
        foreach (var child in element.Elements())
        {
            CheckShape(child);
        }
    }

    private static void CheckTotals(XElement place, IReadOnlyList<Transfer> transfers)
    {
        Assert.Equal(transfers.Count.ToString(CultureInfo.InvariantCulture), Text(place, "NbOfTxs"));
        Assert.Equal(transfers.Sum(transfer => transfer.Amount), decimal.Parse(Text(place, "CtrlSum"), CultureInfo.InvariantCulture));
    }

    private static Transfer ReadTransfer(XElement transfer)
    {
        var id = transfer.Element(Ns + "PmtId")!;
        Assert.Matches(LatinId(), Text(id, "EndToEndId"));
        var amount = transfer.Element(Ns + "Amt")!.Element(Ns + "InstdAmt")!;
        Assert.Equal("EUR", amount.Attribute("Ccy")!.Value);
        Assert.Matches(@"^\d{1,12}\.\d\d$", amount.Value);
        var value = decimal.Parse(amount.Value, CultureInfo.InvariantCulture);
        Assert.InRange(value, 0.01m, 999_999_999.99m);
        if (transfer.Element(Ns + "CdtrAgt") is { } bank)
        {
            CheckBank(bank);
        }

        CheckAddress(transfer.Element(Ns + "Cdtr")!);
        Assert.Matches(@"^.{1,140}$", transfer.Element(Ns + "RmtInf")!.Element(Ns + "Ustrd")!.Value);
        return new Transfer(Text(id, "EndToEndId"), value, transfer.Element(Ns + "Cdtr")!.Element(Ns + "Nm")!.Value, CheckIban(transfer.Element(Ns + "CdtrAcct")!));
    }

    // Town and country as fields of their own: from November 2026 banks refuse addresses without them.
    private static void CheckAddress(XElement party)
    {
        Assert.Matches(@"^.{1,70}$", Text(party, "Nm"));
        var address = party.Element(Ns + "PstlAdr")!;
        Assert.Matches("^[A-Z]{2}$", Text(address, "Ctry"));
        Assert.Matches(@"^.{1,35}$", Text(address, "TwnNm"));
        Assert.InRange(address.Elements(Ns + "AdrLine").Count(), 0, 2);
    }

    private static string CheckIban(XElement account)
    {
        var iban = Text(account.Element(Ns + "Id")!, "IBAN");
        Assert.Matches("^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$", iban);
        var digits = string.Concat((iban[4..] + iban[..4]).Select(letter => char.IsAsciiDigit(letter) ? letter.ToString() : (letter - 'A' + 10).ToString(CultureInfo.InvariantCulture)));
        Assert.Equal(1, BigInteger.Parse(digits, CultureInfo.InvariantCulture) % 97);
        return iban;
    }

    private static void CheckBank(XElement bank)
    {
        var institution = bank.Element(Ns + "FinInstnId")!;
        if (institution.Element(Ns + "BICFI") is { } bic)
        {
            Assert.Matches("^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$", bic.Value);
        }
        else
        {
            Assert.Equal("NOTPROVIDED", institution.Element(Ns + "Othr")!.Element(Ns + "Id")!.Value);
        }
    }

    private static string Text(XElement parent, string name) => parent.Element(Ns + name)!.Value;

    [GeneratedRegex(@"^[A-Za-z0-9/\-?:().,'+ ]{1,35}$")]
    private static partial Regex LatinId();

    /// <summary>One transfer of a file.</summary>
    internal sealed record Transfer(string EndToEndId, decimal Amount, string Creditor, string Iban);
}
