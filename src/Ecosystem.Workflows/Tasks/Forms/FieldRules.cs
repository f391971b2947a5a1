using System.Globalization;
using System.Net.Mail;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ecosystem.Workflows.Tasks.Forms;

/// <summary>What a single value of a form has to satisfy, by its schema. Answers read after the field's title: "has to be at least 3".</summary>
internal static class FieldRules
{
    private const int MaxText = 20_000;
    private const int MaxItems = 1_000;
    private static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(200);

    /// <summary>What is wrong with a value itself, not with values inside it; null when nothing is.</summary>
    internal static string? Check(JsonObject rule, JsonNode value)
    {
        if (JsonForm.IsMoney(rule))
        {
            return CheckMoney(rule, value);
        }

        var types = FormShape.Types(rule);
        if (types.Length > 0 && !Array.Exists(types, type => IsOf(type, value)))
        {
            return $"has to be {string.Join(" or ", types.Where(type => type != "null").Select(Words))}";
        }

        if (rule.ContainsKey("const") && !FormShape.Same(rule["const"], value))
        {
            return $"has to be {rule["const"]}";
        }

        if (FormShape.Choices(rule) is { } choices && !choices.Any(choice => FormShape.Same(choice.Value, value)))
        {
            return $"has to be one of {string.Join(", ", choices.Take(20).Select(choice => choice.Label ?? choice.Value.ToString()))}";
        }

        return value switch
        {
            JsonArray list => CheckList(rule, list),
            JsonObject => null,
            _ when FormShape.Text(value) is { } text => CheckText(rule, text),
            _ when FormShape.Number(value) is { } number => CheckNumber(rule, number),
            _ => null,
        };
    }

    private static bool IsOf(string type, JsonNode value)
    {
        var kind = value.GetValueKind();
        return type switch
        {
            "string" => kind == JsonValueKind.String,
            "number" => FormShape.Number(value) is not null,
            "integer" => FormShape.Number(value) is { } number && number == decimal.Truncate(number),
            "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
            "array" => kind == JsonValueKind.Array,
            "object" => kind == JsonValueKind.Object,
            "null" => false,
            _ => true,
        };
    }

    private static string Words(string type) => type switch
    {
        "string" => "a text",
        "integer" => "a whole number",
        "boolean" => "yes or no (true or false)",
        "array" => "a list",
        "object" => "a group of fields",
        _ => "a " + type,
    };

    private static string? CheckMoney(JsonObject rule, JsonNode value)
    {
        if (value is not JsonObject money || money.Any(pair => pair.Key is not ("amount" or "currency"))
            || FormShape.Text(money["currency"]) is not { } currency
            || !decimal.TryParse(FormShape.Text(money["amount"]), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
        {
            return """has to be an amount like {"amount": "1234.50", "currency": "EUR"}""";
        }

        var allowed = FormShape.Texts(rule["currencies"]).ToList();
        if (allowed.Count > 0 && !allowed.Contains(currency, StringComparer.Ordinal))
        {
            return $"has to be in {string.Join(" or ", allowed)}";
        }

        Currency known;
        try
        {
            known = new Currency(currency);
        }
        catch (FormatException)
        {
            return "needs a currency of three letters such as EUR";
        }

        return decimal.Round(amount, known.MinorUnits) != amount ? $"has more decimals than {currency} has" : CheckNumber(rule, amount);
    }

    private static string? CheckList(JsonObject rule, JsonArray list)
    {
        var most = FormShape.Number(rule["maxItems"]) ?? MaxItems;
        if (list.Count > most)
        {
            return $"has {list.Count} entries; at most {most} are possible";
        }

        if (list.Count < FormShape.Number(rule["minItems"]))
        {
            return $"needs at least {FormShape.Number(rule["minItems"])} entries";
        }

        if (FormShape.IsTrue(rule["uniqueItems"]))
        {
            for (var i = 1; i < list.Count; i++)
            {
                if (list.Take(i).Any(earlier => FormShape.Same(earlier, list[i])))
                {
                    return "has the same entry twice";
                }
            }
        }

        return null;
    }

    private static string? CheckText(JsonObject rule, string text)
    {
        var most = FormShape.Number(rule["maxLength"]) ?? MaxText;
        if (text.Length > most)
        {
            return $"is longer than {most} characters";
        }

        if (text.Length < FormShape.Number(rule["minLength"]))
        {
            return $"has to have at least {FormShape.Number(rule["minLength"])} characters";
        }

        // An optional field left empty has no form to keep.
        if (text.Length == 0)
        {
            return null;
        }

        if (FormShape.Text(rule["pattern"]) is { Length: > 0 } pattern && !Matches(pattern, text))
        {
            return FormShape.Text(rule["patternHint"]) is { } hint ? $"does not have the right form: {hint}" : "does not have the right form";
        }

        return CheckFormat(rule, text);
    }

    private static string? CheckFormat(JsonObject rule, string text)
    {
        switch (FormShape.Text(rule["format"]))
        {
            case "date":
                return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                    ? CheckRange(rule, limit => DateOnly.TryParse(limit, CultureInfo.InvariantCulture, out var bound) ? day.CompareTo(bound) : null)
                    : "has to be a date like 2026-11-24";
            case "date-time":
                return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && text.Length >= 16
                    ? CheckRange(rule, limit => DateTimeOffset.TryParse(limit, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var bound) ? time.CompareTo(bound) : null)
                    : "has to be a date and time like 2026-11-24T09:00:00Z";
            case "time":
                return TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out _) ? null : "has to be a time like 09:30";
            case "email":
                return MailAddress.TryCreate(text, out var address) && address.Address == text && text.Length <= 254 ? null : "has to be an e-mail address";
            case "uri" or "url":
                return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? null : "has to be an address like https://example.com";
            case "file" or "document" or "data-url":
                return EntityId.IsValid(text) ? null : "has to be the id of an uploaded document";
            default:
                return null;
        }
    }

    private static string? CheckRange(JsonObject rule, Func<string, int?> compare) =>
        FormShape.Text(rule["formatMinimum"]) is { } least && compare(least) < 0 ? $"has to be {least} or later"
        : FormShape.Text(rule["formatMaximum"]) is { } most && compare(most) > 0 ? $"has to be {most} or earlier"
        : null;

    private static string? CheckNumber(JsonObject rule, decimal number) => true switch
    {
        _ when number < FormShape.Number(rule["minimum"]) => $"has to be at least {FormShape.Number(rule["minimum"])}",
        _ when number <= FormShape.Number(rule["exclusiveMinimum"]) => $"has to be more than {FormShape.Number(rule["exclusiveMinimum"])}",
        _ when number > FormShape.Number(rule["maximum"]) => $"has to be at most {FormShape.Number(rule["maximum"])}",
        _ when number >= FormShape.Number(rule["exclusiveMaximum"]) => $"has to be less than {FormShape.Number(rule["exclusiveMaximum"])}",
        _ when FormShape.Number(rule["multipleOf"]) is { } step and > 0 && number % step != 0 => $"has to be a multiple of {step}",
        _ => null,
    };

    private static bool Matches(string pattern, string text)
    {
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, PatternTime);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
        catch (ArgumentException)
        {
            // The form's author wrote no regular expression; publishing says so, a person filling it in can do nothing about it.
            return true;
        }
    }
}
