using System.Collections.Frozen;

namespace Ecosystem.Workflows.Integration.Imports;

/// <summary>The fields of a kind of row, and the names under which files have them.</summary>
internal sealed class ImportColumns
{
    private readonly FrozenDictionary<string, string> fields;

    private ImportColumns(IReadOnlyList<string> required, IReadOnlyList<string> optional, params IEnumerable<(string Field, string Alias)> aliases)
    {
        Required = required;
        Optional = optional;
        fields = required.Concat(optional).Select(field => (Field: field, Alias: field)).Concat(aliases)
            .ToFrozenDictionary(pair => Plain(pair.Alias), pair => pair.Field, StringComparer.Ordinal);
    }

    public IReadOnlyList<string> Required { get; }

    public IReadOnlyList<string> Optional { get; }

    public static ImportColumns Of(ImportKind kind) => kind switch
    {
        ImportKind.Accounts => Accounts,
        ImportKind.Claims => Claims,
        ImportKind.Opportunities => Opportunities,
        ImportKind.Partners => Partners,
        _ => Touchpoints,
    };

    private static ImportColumns Accounts { get; } = new(
        ["legalName"],
        ["accountKey", "domain", "country", "city", "postcode", "taxId", "industry", "parent", "employees", "annualRevenue", "yearEstablished"],
        ("legalName", "account"), ("legalName", "name"), ("accountKey", "id"), ("accountKey", "accountId"), ("country", "officeLocation"),
        ("industry", "sector"), ("parent", "subsidiaryOf"), ("annualRevenue", "revenue"));

    private static ImportColumns Claims { get; } = new(
        ["account", "kind", "holder"],
        ["products", "from", "until", "lastContact"],
        ("account", "accountKey"), ("account", "customer"), ("holder", "partner"), ("products", "product"));

    private static ImportColumns Opportunities { get; } = new(
        ["partner", "customer", "products", "amount", "currency"],
        ["opportunityId", "customerDomain", "customerCountry", "customerAccountKey", "expectedClose", "evidence", "territory"],
        ("partner", "partnerId"), ("customer", "customerName"), ("customer", "customerLegalName"), ("customer", "account"), ("products", "product"), ("opportunityId", "id"));

    private static ImportColumns Partners { get; } = new(
        ["legalName", "country"],
        ["domain", "city", "postcode", "taxId", "type", "region", "industries", "contactName", "contactEmail", "contactPhone"],
        ("legalName", "name"), ("legalName", "company"));

    private static ImportColumns Touchpoints { get; } = new(
        ["deal", "partner", "kind", "occurredOn"],
        ["evidence", "confidence"],
        ("deal", "dealId"), ("partner", "partnerId"));

    /// <summary>The field that a column of a file stands for; empty when it is left out.</summary>
    /// <returns>The field, or why the column cannot be read.</returns>
    public Result<string> Field(ImportFile file, string column)
    {
        var asked = column;
        if (file.Mapping?.FirstOrDefault(pair => string.Equals(pair.Key.Trim(), column, StringComparison.OrdinalIgnoreCase)) is { Key: not null } mapped)
        {
            if (string.IsNullOrWhiteSpace(mapped.Value))
            {
                return "";
            }

            asked = mapped.Value;
        }

        return fields.TryGetValue(Plain(asked), out var field)
            ? field
            : new Refusal(
                "import.unknown-column",
                $"{file.Name}, row 1: the column '{column}'{(asked == column ? "" : $", mapped to '{asked}',")} is not known. Fields are {string.Join(", ", Required.Concat(Optional))}; leave a column out by mapping it to null.",
                asked == column ? column : "mapping");
    }

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
