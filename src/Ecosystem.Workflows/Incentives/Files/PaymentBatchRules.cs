namespace Ecosystem.Workflows.Incentives.Files;

/// <summary>What a batch must fulfil before a file is written from it: the rules of the formats and of the banks behind them.</summary>
public static class PaymentBatchRules
{
    private const decimal SepaMaximum = 999_999_999.99m;

    /// <summary>Checks a batch against a format.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="format">The format it is to be written in.</param>
    /// <returns>One refusal per fault, naming the field; empty when the file can be written.</returns>
    public static IEnumerable<Refusal> Check(PaymentBatch batch, PaymentFileFormat format)
    {
        if (!BankText.IsIdentifier(batch.Id))
        {
            yield return new Refusal("payout.batch-id", $"The batch id '{batch.Id}' must have 1 to 35 characters of the SEPA Latin set, no slash at the ends and no double slash.", "id");
        }

        if (batch.Transfers.Count == 0)
        {
            yield return new Refusal("payout.empty", "A payment file needs at least one payment.", "transfers");
        }

        foreach (var refusal in format == PaymentFileFormat.Nacha ? CheckNachaDebtor(batch) : CheckParty(batch.Debtor, "debtor", format))
        {
            yield return refusal;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < batch.Transfers.Count; i++)
        {
            var transfer = batch.Transfers[i];
            var field = $"transfers[{i}]";
            foreach (var refusal in CheckAmount(batch, transfer, field, format).Concat(CheckParty(transfer.Creditor, field + ".creditor", format)))
            {
                yield return refusal;
            }

            if (!BankText.IsIdentifier(transfer.EndToEndId))
            {
                yield return new Refusal("payout.end-to-end-id", $"The end-to-end id '{transfer.EndToEndId}' must have 1 to 35 characters of the SEPA Latin set, no slash at the ends and no double slash.", field + ".endToEndId");
            }
            else if (!seen.Add(transfer.EndToEndId))
            {
                yield return new Refusal("payout.end-to-end-id", $"The end-to-end id '{transfer.EndToEndId}' is used twice; it must be unique in the batch.", field + ".endToEndId");
            }
        }
    }

    private static IEnumerable<Refusal> CheckAmount(PaymentBatch batch, CreditTransfer transfer, string field, PaymentFileFormat format)
    {
        var amount = transfer.Amount;
        if (amount.Currency != batch.Currency)
        {
            yield return new Refusal("payout.currency", $"The payment is in {amount.Currency}, the batch in {batch.Currency}: one batch has one currency.", field + ".amount");
        }

        if (amount.Amount <= 0)
        {
            yield return new Refusal("payout.amount", $"The amount {amount} must be more than zero; what a partner owes is netted before a payment is made.", field + ".amount");
        }
        else if (amount != amount.Rounded())
        {
            yield return new Refusal("payout.amount", $"The amount {amount} has fractions of a coin.", field + ".amount");
        }
        else if (batch.IsSepa && amount.Amount > SepaMaximum)
        {
            yield return new Refusal("payout.amount", $"The amount {amount} is more than SEPA takes in one payment (999999999.99).", field + ".amount");
        }
        else if (format == PaymentFileFormat.Nacha && amount.Amount > 99_999_999.99m)
        {
            yield return new Refusal("payout.amount", $"The amount {amount} is more than a NACHA entry takes (99999999.99).", field + ".amount");
        }
    }

    private static IEnumerable<Refusal> CheckParty(PaymentParty party, string field, PaymentFileFormat format)
    {
        if (string.IsNullOrWhiteSpace(BankText.ToLatin(party.Name)))
        {
            yield return new Refusal("payout.name", "The name must not be empty.", field + ".name");
        }

        foreach (var refusal in party.Account.Check())
        {
            yield return refusal with { Field = $"{field}.account.{refusal.Field}" };
        }

        if (format == PaymentFileFormat.Nacha)
        {
            if (party.Account.RoutingNumber is null)
            {
                yield return new Refusal("payout.routing-number", "A NACHA payment needs a US routing number and account number.", field + ".account.routingNumber");
            }

            yield break;
        }

        foreach (var refusal in CheckAddress(party.Address, field + ".address"))
        {
            yield return refusal;
        }
    }

    private static IEnumerable<Refusal> CheckAddress(PostalAddress address, string field)
    {
        if (string.IsNullOrWhiteSpace(BankText.ToLatin(address.Town)))
        {
            yield return new Refusal("payout.address", "The town must not be empty: banks reject unstructured addresses since November 2026.", field + ".town");
        }

        if (address.Country is not { Length: 2 } || !address.Country.All(char.IsAsciiLetterUpper))
        {
            yield return new Refusal("payout.address", $"The country '{address.Country}' must be an ISO 3166 code of two capital letters.", field + ".country");
        }

        if (address.Lines.Count > 2)
        {
            yield return new Refusal("payout.address", $"A hybrid address has at most two free lines, this one has {address.Lines.Count}.", field + ".lines");
        }

        for (var i = 0; i < address.Lines.Count; i++)
        {
            if (address.Lines[i].Length > 70)
            {
                yield return new Refusal("payout.address", $"The address line has {address.Lines[i].Length} characters; at most 70 are allowed.", $"{field}.lines[{i}]");
            }
            else if (RepeatsPlace(address, address.Lines[i]))
            {
                yield return new Refusal("payout.address", "The address line repeats the town or the country, which stand in elements of their own.", $"{field}.lines[{i}]");
            }
        }
    }

    private static bool RepeatsPlace(PostalAddress address, string line)
    {
        var words = line.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries);
        return string.Equals(line.Trim(), address.Town.Trim(), StringComparison.OrdinalIgnoreCase)
            || words.Contains(address.Country, StringComparer.Ordinal)
            || words.Contains(address.Town, StringComparer.OrdinalIgnoreCase);
    }

    private static IEnumerable<Refusal> CheckNachaDebtor(PaymentBatch batch)
    {
        if (batch.Currency != Currency.Usd)
        {
            yield return new Refusal("payout.currency", $"NACHA files carry US dollars, the batch is in {batch.Currency}.", "currency");
        }

        if (batch.CompanyId is not { Length: > 0 and <= 10 } || !batch.CompanyId.All(char.IsAsciiLetterOrDigit))
        {
            yield return new Refusal("payout.company-id", "A NACHA file needs the company identification given by the bank: 1 to 10 letters or digits.", "companyId");
        }

        if (!BankIdentifiers.IsRoutingNumber(batch.Debtor.Account.RoutingNumber))
        {
            yield return new Refusal("payout.routing-number", "A NACHA file needs the valid routing number of the debtor's own bank.", "debtor.account.routingNumber");
        }
    }
}
