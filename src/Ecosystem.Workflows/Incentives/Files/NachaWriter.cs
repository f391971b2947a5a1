using System.Globalization;
using System.Text;

namespace Ecosystem.Workflows.Incentives.Files;

/// <summary>
/// Writes a NACHA file: lines of 94 ASCII characters in upper case, one batch of credits to companies (CCD) and one to persons (PPD),
/// padded with lines of nines to a multiple of ten. The batch is expected to fulfil <see cref="PaymentBatchRules"/>.
/// </summary>
internal static class NachaWriter
{
    private const int LineLength = 94;
    private const int BlockingFactor = 10;
    private const long HashModulus = 10_000_000_000;

    internal static byte[] Write(PaymentBatch batch)
    {
        var origin = batch.Debtor.Account.RoutingNumber!;
        var lines = new List<string> { FileHeader(batch, origin) };
        long fileHash = 0;
        long fileCents = 0;
        var batches = 0;
        foreach (var group in batch.Transfers.GroupBy(t => t.IsPerson).OrderBy(g => g.Key))
        {
            batches++;
            lines.Add(BatchHeader(batch, group.Key, origin, batches));
            long hash = 0;
            long cents = 0;
            var entries = 0;
            foreach (var transfer in group)
            {
                entries++;
                var routing = transfer.Creditor.Account.RoutingNumber!;
                var amount = Cents(transfer.Amount);
                hash = (hash + Number(routing[..8])) % HashModulus;
                cents += amount;
                lines.Add(Entry(transfer, routing, amount, origin, lines.Count - (2 * batches) + 1));
            }

            lines.Add(BatchControl(batch, entries, hash, cents, origin, batches));
            fileHash = (fileHash + hash) % HashModulus;
            fileCents += cents;
        }

        lines.Add(FileControl(batches, (lines.Count + 1 + BlockingFactor - 1) / BlockingFactor, batch.Transfers.Count, fileHash, fileCents));
        while (lines.Count % BlockingFactor != 0)
        {
            lines.Add(new string('9', LineLength));
        }

        return Encoding.ASCII.GetBytes(string.Join('\n', lines) + "\n");
    }

    private static string FileHeader(PaymentBatch batch, string origin) => Line(
        "101", " " + origin, Text(batch.CompanyId!, 10, padLeft: true), Date(batch.CreatedAt.UtcDateTime),
        batch.CreatedAt.UtcDateTime.ToString("HHmm", CultureInfo.InvariantCulture), "A", "094", "10", "1",
        Text("", 23), Text(batch.Debtor.Name, 23), Text("", 8));

    private static string BatchHeader(PaymentBatch batch, bool persons, string origin, int number) => Line(
        "5220", Text(batch.Debtor.Name, 16), Text(batch.Id, 20), Text(batch.CompanyId!, 10), persons ? "PPD" : "CCD", Text("PARTNERPAY", 10),
        batch.ExecutionDate.ToString("yyMMdd", CultureInfo.InvariantCulture), batch.ExecutionDate.ToString("yyMMdd", CultureInfo.InvariantCulture),
        "   ", "1", origin[..8], Digits(number, 7));

    private static string Entry(CreditTransfer transfer, string routing, long cents, string origin, int sequence) => Line(
        "6", transfer.Creditor.Account.IsSavings ? "32" : "22", routing, Text(transfer.Creditor.Account.AccountNumber!, 17), Digits(cents, 10),
        Text(transfer.EndToEndId.Length <= 15 ? transfer.EndToEndId : transfer.EndToEndId[^15..], 15), Text(transfer.Creditor.Name, 22), "  ", "0", origin[..8], Digits(sequence, 7));

    private static string BatchControl(PaymentBatch batch, int entries, long hash, long cents, string origin, int number) => Line(
        "8220", Digits(entries, 6), Digits(hash, 10), Digits(0, 12), Digits(cents, 12), Text(batch.CompanyId!, 10), Text("", 19), Text("", 6), origin[..8], Digits(number, 7));

    private static string FileControl(int batches, int blocks, int entries, long hash, long cents) => Line(
        "9", Digits(batches, 6), Digits(blocks, 6), Digits(entries, 8), Digits(hash, 10), Digits(0, 12), Digits(cents, 12), Text("", 39));

    private static string Line(params ReadOnlySpan<string> fields)
    {
        var line = string.Concat(fields);
        return line.Length == LineLength ? line : throw new InvalidOperationException($"A NACHA line has {line.Length} characters instead of 94.");
    }

    private static string Text(string text, int length, bool padLeft = false)
    {
        var latin = BankText.ToLatin(text, length).ToUpperInvariant();
        return padLeft ? latin.PadLeft(length) : latin.PadRight(length);
    }

    private static string Digits(long number, int length) => number.ToString(CultureInfo.InvariantCulture).PadLeft(length, '0');

    private static string Date(DateTime date) => date.ToString("yyMMdd", CultureInfo.InvariantCulture);

    private static long Number(string digits) => long.Parse(digits, CultureInfo.InvariantCulture);

    private static long Cents(Money money) => decimal.ToInt64(money.Amount * 100m);
}
