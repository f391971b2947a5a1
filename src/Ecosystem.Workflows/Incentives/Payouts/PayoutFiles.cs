using System.Text.Json;
using Ecosystem.Workflows.Incentives.Files;
using Ecosystem.Workflows.Storage;

namespace Ecosystem.Workflows.Incentives.Payouts;

/// <summary>Writes the files of a released run. They follow from the run and its payments alone, so writing again gives the same bytes.</summary>
internal static class PayoutFiles
{
    /// <summary>The formats in which a run is written: ISO 20022 and CSV always, NACHA where all accounts are at US banks.</summary>
    public static IReadOnlyList<PaymentFileFormat> Formats(PayoutRun run, IReadOnlyList<PayoutPayment> payments) =>
        run.Currency == Currency.Usd && payments.All(payment => payment.Status == PaymentStatus.Held || Payee(payment).Party.Account.RoutingNumber is not null)
            ? [PaymentFileFormat.Pain001, PaymentFileFormat.Nacha, PaymentFileFormat.Csv]
            : [PaymentFileFormat.Pain001, PaymentFileFormat.Csv];

    public static Result<IReadOnlyList<PaymentFile>> WriteAll(PayoutRun run, IReadOnlyList<PayoutPayment> payments)
    {
        var batch = Batch(run, payments);
        var files = Formats(run, payments).Select(format => PaymentFile.Write(batch, format)).ToList();
        return files.SelectMany(file => file.Refusals).ToList() is { Count: > 0 } refusals
            ? Result<IReadOnlyList<PaymentFile>>.Refused(refusals)
            : Result<IReadOnlyList<PaymentFile>>.Success([.. files.Select(file => file.Value)]);
    }

    public static PaymentBatch Batch(PayoutRun run, IReadOnlyList<PayoutPayment> payments) => new(
        run.Id.Value,
        run.ReleasedAt!.Value,
        run.ExecutionDate!.Value,
        run.Currency,
        JsonSerializer.Deserialize<PaymentParty>(run.DebtorJson!, StoredJson.Options)!,
        [.. payments.Where(payment => payment.Status != PaymentStatus.Held).OrderBy(payment => payment.Number).Select(payment => Transfer(run, payment))])
    {
        CompanyId = run.CompanyId,
    };

    private static CreditTransfer Transfer(PayoutRun run, PayoutPayment payment)
    {
        var payee = Payee(payment);
        return new CreditTransfer(payment.EndToEndId, payment.Amount, payee.Party, $"Partner commission {run.Period}") { IsPerson = payee.IsPerson };
    }

    private static PayeeDetails Payee(PayoutPayment payment) => JsonSerializer.Deserialize<PayeeDetails>(payment.PayeeJson, StoredJson.Options)!;
}
