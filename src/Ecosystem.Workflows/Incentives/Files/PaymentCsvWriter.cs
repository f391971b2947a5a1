using System.Globalization;
using CsvHelper;

namespace Ecosystem.Workflows.Incentives.Files;

/// <summary>Writes a batch as CSV (RFC 4180, UTF-8, lines end in CRLF): one line per payment, for banks and ledgers that take nothing better.</summary>
internal static class PaymentCsvWriter
{
    private static readonly string[] Columns =
    [
        "batch_id", "end_to_end_id", "execution_date", "creditor_name", "street", "building", "post_code", "town", "subdivision", "country",
        "iban", "bic", "routing_number", "account_number", "amount", "currency", "remittance",
    ];

    internal static byte[] Write(PaymentBatch batch)
    {
        using var stream = new MemoryStream();
        using (var csv = CsvWriter.Create(stream, CsvWriterOptions.Default with { Injection = CsvInjection.Escape }, leaveOpen: true))
        {
            csv.WriteRecord(Columns);
            foreach (var transfer in batch.Transfers)
            {
                var (creditor, address, account) = (transfer.Creditor, transfer.Creditor.Address, transfer.Creditor.Account);
                csv.WriteRecord(
                [
                    batch.Id, transfer.EndToEndId, batch.ExecutionDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), creditor.Name,
                    address.Street ?? "", address.Building ?? "", address.PostCode ?? "", address.Town, address.Subdivision ?? "", address.Country,
                    account.Iban ?? "", account.Bic ?? "", account.RoutingNumber ?? "", account.AccountNumber ?? "",
                    transfer.Amount.FormatAmount(), transfer.Amount.Currency.Code, transfer.Remittance,
                ]);
            }
        }

        return stream.ToArray();
    }
}
