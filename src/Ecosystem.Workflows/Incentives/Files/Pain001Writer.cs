using System.Globalization;
using System.Text;
using System.Xml;

namespace Ecosystem.Workflows.Incentives.Files;

/// <summary>
/// Writes ISO 20022 <c>pain.001.001.09</c>. Compared with version 03: the execution date is wrapped in <c>Dt</c>, the bank's code is
/// <c>BICFI</c>, addresses are structured. The batch is expected to fulfil <see cref="PaymentBatchRules"/>.
/// </summary>
internal static class Pain001Writer
{
    internal const string Namespace = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";

    internal static byte[] Write(PaymentBatch batch)
    {
        using var stream = new MemoryStream();
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, IndentChars = "  ", NewLineChars = "\n" };
        using (var xml = XmlWriter.Create(stream, settings))
        {
            xml.WriteStartElement("Document", Namespace);
            xml.WriteStartElement("CstmrCdtTrfInitn");
            WriteGroupHeader(xml, batch);
            WritePaymentInformation(xml, batch);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return stream.ToArray();
    }

    private static void WriteGroupHeader(XmlWriter xml, PaymentBatch batch)
    {
        xml.WriteStartElement("GrpHdr");
        Text(xml, "MsgId", batch.Id);
        Text(xml, "CreDtTm", batch.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        Totals(xml, batch);
        xml.WriteStartElement("InitgPty");
        Text(xml, "Nm", BankText.ToLatin(batch.Debtor.Name, 70));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WritePaymentInformation(XmlWriter xml, PaymentBatch batch)
    {
        xml.WriteStartElement("PmtInf");
        Text(xml, "PmtInfId", batch.Id);
        Text(xml, "PmtMtd", "TRF");
        Text(xml, "BtchBookg", "true");
        Totals(xml, batch);
        if (batch.IsSepa)
        {
            Nested(xml, "SEPA", "PmtTpInf", "SvcLvl", "Cd");
        }

        Nested(xml, batch.ExecutionDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "ReqdExctnDt", "Dt");
        WriteParty(xml, "Dbtr", batch.Debtor);
        WriteAccount(xml, "DbtrAcct", batch.Debtor.Account, batch.Currency);
        WriteBank(xml, "DbtrAgt", batch.Debtor.Account);
        Text(xml, "ChrgBr", batch.IsSepa ? "SLEV" : "SHAR");
        foreach (var transfer in batch.Transfers)
        {
            WriteTransfer(xml, transfer);
        }

        xml.WriteEndElement();
    }

    private static void WriteTransfer(XmlWriter xml, CreditTransfer transfer)
    {
        xml.WriteStartElement("CdtTrfTxInf");
        xml.WriteStartElement("PmtId");
        Text(xml, "InstrId", transfer.EndToEndId);
        Text(xml, "EndToEndId", transfer.EndToEndId);
        xml.WriteEndElement();
        xml.WriteStartElement("Amt");
        xml.WriteStartElement("InstdAmt");
        xml.WriteAttributeString("Ccy", transfer.Amount.Currency.Code);
        xml.WriteString(transfer.Amount.FormatAmount());
        xml.WriteEndElement();
        xml.WriteEndElement();
        if (transfer.Creditor.Account.Bic is not null || transfer.Creditor.Account.RoutingNumber is not null)
        {
            WriteBank(xml, "CdtrAgt", transfer.Creditor.Account);
        }

        WriteParty(xml, "Cdtr", transfer.Creditor);
        WriteAccount(xml, "CdtrAcct", transfer.Creditor.Account, null);
        var remittance = BankText.ToLatin(transfer.Remittance, 140);
        if (remittance.Length > 0)
        {
            Nested(xml, remittance, "RmtInf", "Ustrd");
        }

        xml.WriteEndElement();
    }

    private static void WriteParty(XmlWriter xml, string element, PaymentParty party)
    {
        xml.WriteStartElement(element);
        Text(xml, "Nm", BankText.ToLatin(party.Name, 70));
        xml.WriteStartElement("PstlAdr");
        Optional(xml, "StrtNm", party.Address.Street, 70);
        Optional(xml, "BldgNb", party.Address.Building, 16);
        Optional(xml, "PstCd", party.Address.PostCode, 16);
        Optional(xml, "TwnNm", party.Address.Town, 35);
        Optional(xml, "CtrySubDvsn", party.Address.Subdivision, 35);
        Text(xml, "Ctry", party.Address.Country);
        foreach (var line in party.Address.Lines)
        {
            Optional(xml, "AdrLine", line, 70);
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteAccount(XmlWriter xml, string element, BankAccount account, Currency? currency)
    {
        xml.WriteStartElement(element);
        if (account.Iban is not null)
        {
            Nested(xml, account.Iban, "Id", "IBAN");
        }
        else
        {
            Nested(xml, account.AccountNumber!, "Id", "Othr", "Id");
        }

        if (currency is not null)
        {
            Text(xml, "Ccy", currency.Value.Code);
        }

        xml.WriteEndElement();
    }

    private static void WriteBank(XmlWriter xml, string element, BankAccount account)
    {
        xml.WriteStartElement(element);
        xml.WriteStartElement("FinInstnId");
        if (account.Bic is not null)
        {
            Text(xml, "BICFI", account.Bic);
        }

        if (account.Iban is null && account.RoutingNumber is not null)
        {
            xml.WriteStartElement("ClrSysMmbId");
            Nested(xml, "USABA", "ClrSysId", "Cd");
            Text(xml, "MmbId", account.RoutingNumber);
            xml.WriteEndElement();
        }
        else if (account.Bic is null)
        {
            Nested(xml, "NOTPROVIDED", "Othr", "Id");
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Totals(XmlWriter xml, PaymentBatch batch)
    {
        Text(xml, "NbOfTxs", batch.Transfers.Count.ToString(CultureInfo.InvariantCulture));
        Text(xml, "CtrlSum", batch.Total.FormatAmount());
    }

    private static void Optional(XmlWriter xml, string element, string? text, int maxLength)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            Text(xml, element, BankText.ToLatin(text, maxLength));
        }
    }

    private static void Nested(XmlWriter xml, string text, params ReadOnlySpan<string> elements)
    {
        foreach (var element in elements)
        {
            xml.WriteStartElement(element);
        }

        xml.WriteString(text);
        foreach (var _ in elements)
        {
            xml.WriteEndElement();
        }
    }

    private static void Text(XmlWriter xml, string element, string text) => xml.WriteElementString(element, text);
}
