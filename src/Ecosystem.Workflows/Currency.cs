using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ecosystem.Workflows;

/// <summary>An ISO 4217 currency. The default value is <c>XXX</c>, ISO's code for "no currency".</summary>
[JsonConverter(typeof(JsonTextConverter))]
public readonly record struct Currency
{
    private static readonly FrozenDictionary<string, int> OtherMinorUnits = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["BIF"] = 0, ["CLP"] = 0, ["DJF"] = 0, ["GNF"] = 0, ["ISK"] = 0, ["JPY"] = 0, ["KMF"] = 0, ["KRW"] = 0, ["PYG"] = 0, ["RWF"] = 0,
        ["UGX"] = 0, ["UYI"] = 0, ["VND"] = 0, ["VUV"] = 0, ["XAF"] = 0, ["XOF"] = 0, ["XPF"] = 0, ["XXX"] = 0,
        ["BHD"] = 3, ["IQD"] = 3, ["JOD"] = 3, ["KWD"] = 3, ["LYD"] = 3, ["OMR"] = 3, ["TND"] = 3, ["CLF"] = 4, ["UYW"] = 4,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly string? code;

    /// <summary>Makes a currency from its code.</summary>
    /// <param name="code">Three capital letters, for example <c>EUR</c>.</param>
    /// <exception cref="FormatException">The text is not three capital letters.</exception>
    public Currency(string code) => this.code = IsValid(code)
        ? code
        : throw new FormatException($"'{code}' is not a currency: it must be an ISO 4217 code of three capital letters, for example EUR.");

    /// <summary>Euro.</summary>
    public static Currency Eur { get; } = new("EUR");

    /// <summary>US dollar.</summary>
    public static Currency Usd { get; } = new("USD");

    /// <summary>The three letters.</summary>
    public string Code => code ?? "XXX";

    /// <summary>How many decimal places the smallest coin has: 2 for most, 0 for JPY, 3 for KWD.</summary>
    public int MinorUnits => OtherMinorUnits.TryGetValue(Code, out var digits) ? digits : 2;

    /// <summary>Tells whether a text has the form of a currency code.</summary>
    /// <param name="code">The text.</param>
    /// <returns>True for three capital letters.</returns>
    public static bool IsValid(string? code) => code is { Length: 3 } && !code.AsSpan().ContainsAnyExceptInRange('A', 'Z');

    /// <inheritdoc/>
    public override string ToString() => Code;

    internal sealed class JsonTextConverter : JsonConverter<Currency>
    {
        public override Currency Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString();
            return IsValid(text)
                ? new Currency(text!)
                : throw new JsonException($"'{text}' is not a currency: it must be an ISO 4217 code of three capital letters, for example EUR.");
        }

        public override void Write(Utf8JsonWriter writer, Currency value, JsonSerializerOptions options) => writer.WriteStringValue(value.Code);
    }
}
