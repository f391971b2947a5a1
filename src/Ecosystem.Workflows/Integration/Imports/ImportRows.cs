using System.Globalization;
using Ecosystem.Workflows.Attribution;
using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Partners;

namespace Ecosystem.Workflows.Integration.Imports;

/// <summary>Reads one row of a file: every text becomes a value, or a reason that names the field.</summary>
internal sealed class ImportRows(CsvTable.Row row)
{
    private static readonly char[] ListMarks = [';', '|'];
    private readonly List<Refusal> refusals = [];

    public IReadOnlyList<Refusal> Refusals => refusals;

    public string? Text(string field) => row[field];

    public string Required(string field, string what)
    {
        if (row[field] is { } text)
        {
            return text;
        }

        refusals.Add(new Refusal("import.missing", $"The {what} is missing.", field));
        return "";
    }

    public IReadOnlyList<string> List(string field) =>
        row[field]?.Split(ListMarks, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    public DateOnly? Date(string field)
    {
        if (row[field] is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        refusals.Add(new Refusal("import.bad-date", $"'{text}' is not a date; dates are written yyyy-mm-dd, for example 2026-10-31.", field));
        return null;
    }

    public decimal? Number(string field)
    {
        if (row[field] is not { } text)
        {
            return null;
        }

        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        refusals.Add(new Refusal("import.bad-number", $"'{text}' is not a number; numbers are written with a decimal point and without separators, for example 1054.50.", field));
        return null;
    }

    public int? Whole(string field)
    {
        if (Number(field) is not { } number)
        {
            return null;
        }

        if (number is >= 0 and <= int.MaxValue && number == decimal.Truncate(number))
        {
            return (int)number;
        }

        refusals.Add(new Refusal("import.bad-number", $"'{row[field]}' is not a whole number of zero or more.", field));
        return null;
    }

    public T Choice<T>(string field, T absent)
        where T : struct, Enum
    {
        if (row[field] is not { } text)
        {
            return absent;
        }

        if (Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0]))
        {
            return value;
        }

        refusals.Add(new Refusal("import.bad-choice", $"'{text}' is not known; it must be one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}.", field));
        return absent;
    }

    /// <summary>The ISO code of a country, given as code or English name.</summary>
    public string? Country(string field)
    {
        if (row[field] is not { } text)
        {
            return null;
        }

        if (text.Length == 2)
        {
            return text.ToUpperInvariant();
        }

        if (Countries.CodeOf(text) is { } code)
        {
            return code;
        }

        refusals.Add(new Refusal("import.bad-country", $"'{text}' is not a country; give its ISO 3166 code or English name, for example DE or Germany.", field));
        return null;
    }

    public PartnerApplication Partner() => new()
    {
        LegalName = Required("legalName", "company's name"),
        Domain = Text("domain"),
        Country = Country("country"),
        City = Text("city"),
        Postcode = Text("postcode"),
        TaxId = Text("taxId"),
        Type = Choice("type", PartnerType.Reseller),
        Region = Text("region"),
        Industries = List("industries"),
        Contact = Text("contactName") is null && Text("contactEmail") is null && Text("contactPhone") is null
            ? null
            : new ContactDetails { Name = Text("contactName"), Email = Text("contactEmail"), Phone = Text("contactPhone") },
    };

    public DealRegistration Opportunity(PartnerId partner)
    {
        var amount = Required("amount", "estimated amount").Length > 0 ? Number("amount") : null;
        var currency = Required("currency", "currency");
        if (currency.Length > 0 && !Currency.IsValid(currency))
        {
            refusals.Add(new Refusal("import.bad-currency", $"'{currency}' is not a currency; give its ISO 4217 code of three capital letters, for example EUR.", "currency"));
            currency = "";
        }

        return new DealRegistration
        {
            PartnerId = partner,
            Customer = new CustomerDetails
            {
                LegalName = Required("customer", "customer's name"),
                Domain = Text("customerDomain"),
                Country = Country("customerCountry"),
                AccountKey = Text("customerAccountKey"),
            },
            Products = List("products"),
            Amount = currency.Length > 0 ? new Money(amount ?? 0m, currency) : default,
            ExpectedClose = Date("expectedClose"),
            Evidence = List("evidence"),
            Territory = Text("territory"),
            OpportunityKey = Text("opportunityId"),
        };
    }

    public TouchpointRegistration Touchpoint(PartnerId partner)
    {
        _ = Required("kind", "kind of touchpoint");
        _ = Required("occurredOn", "day it happened");
        return new TouchpointRegistration
        {
            PartnerId = partner,
            Role = Choice<TouchRole>("kind", default),
            OccurredOn = Date("occurredOn") ?? default,
            Evidence = Text("evidence"),
            Confidence = Number("confidence"),
        };
    }
}
