using System.Globalization;
using System.Text;
using Ecosystem.Workflows;

namespace Ecosystem.Designer.Components;

/// <summary>How codes, amounts and times read on pages.</summary>
internal static class Words
{
    private static readonly Dictionary<string, string> Tones = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Active"] = "good", ["Approved"] = "good", ["Protected"] = "good", ["Won"] = "good", ["Paid"] = "good", ["Completed"] = "good",
        ["Released"] = "good", ["Published"] = "good", ["Ruled"] = "good", ["Resolved"] = "good", ["Done"] = "good", ["Granted"] = "good", ["Confirmed"] = "good",
        ["Rejected"] = "bad", ["Lost"] = "bad", ["Failed"] = "bad", ["Faulted"] = "bad", ["Expired"] = "bad", ["Revoked"] = "bad", ["Terminated"] = "bad", ["Blocked"] = "bad",
        ["UnderReview"] = "wait", ["PendingApproval"] = "wait", ["InfoRequested"] = "wait", ["OnHold"] = "wait", ["Held"] = "wait", ["Open"] = "wait", ["Submitted"] = "wait",
        ["Checking"] = "wait", ["Waiting"] = "wait", ["Claimed"] = "wait", ["Applicant"] = "wait", ["Onboarding"] = "wait", ["Calculated"] = "wait", ["Running"] = "wait", ["Draft"] = "wait", ["Reviewed"] = "wait",
    };

    // Outcomes of steps whose names are the process's, not people's.
    private static readonly Dictionary<string, string> Outcomes = new(StringComparer.Ordinal) { ["True"] = "Yes", ["False"] = "No", ["Timeout"] = "Late" };

    /// <summary>A code such as <c>UnderReview</c> or <c>deal-registration</c> in words: "Under review".</summary>
    public static string Of(string? code)
    {
        if (string.IsNullOrWhiteSpace(code))
        {
            return "–";
        }

        if (Outcomes.TryGetValue(code, out var outcome))
        {
            return outcome;
        }

        var text = new StringBuilder(code.Length + 4);
        for (var i = 0; i < code.Length; i++)
        {
            var letter = code[i];
            if (letter is '-' or '_' or '.')
            {
                text.Append(' ');
            }
            else if (char.IsUpper(letter) && i > 0 && (char.IsLower(code[i - 1]) || (i + 1 < code.Length && char.IsLower(code[i + 1]) && char.IsLetter(code[i - 1]))))
            {
                text.Append(' ').Append(char.ToLowerInvariant(letter));
            }
            else
            {
                text.Append(i == 0 ? char.ToUpperInvariant(letter) : letter);
            }
        }

        return text.ToString();
    }

    /// <summary>A name or code: what somebody wrote for people stays, a code is put into words.</summary>
    public static string Named(string text) => text.Contains(' ', StringComparison.Ordinal) || (text.Contains('-', StringComparison.Ordinal) && char.IsUpper(text[0])) ? text : Of(text);

    /// <summary>Style class of a state's chip.</summary>
    public static string ToneOf(string? code) => code is not null && Tones.TryGetValue(code, out var tone) ? tone : "plain";

    /// <summary>An amount with thousands separated: "1,234.50 EUR".</summary>
    public static string Of(Money money) =>
        money.Amount.ToString("N" + money.Currency.MinorUnits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + " " + money.Currency.Code;

    /// <summary>A share between 0 and 1 as a percentage.</summary>
    public static string Percent(decimal share) => (share * 100m).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    /// <summary>What is known of a step of a case: whom it waits for or how it ended, and how long that took. Empty when nothing is.</summary>
    public static string Of(StepMark? mark) => string.Join(
        " · ", new[] { mark?.State == "waiting" ? $"waiting {mark.Note}".Trim() : mark?.Note, mark?.Spent is { } spent ? Length(spent) : null }.Where(text => !string.IsNullOrEmpty(text)));

    /// <summary>A date alone.</summary>
    public static string Of(DateOnly date) => date.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>A length of time as people say it: "3 hours".</summary>
    public static string Length(TimeSpan length)
    {
        var (number, unit) = length switch
        {
            { TotalHours: < 1 } => ((int)length.TotalMinutes, "minute"),
            { TotalDays: < 1 } => ((int)length.TotalHours, "hour"),
            _ => ((int)length.TotalDays, "day"),
        };
        return $"{number} {unit}{(number == 1 ? string.Empty : "s")}";
    }

    /// <summary>A time as people say it: "in 3 days", "2 hours ago", or the date when it is far away.</summary>
    public static string Near(DateTimeOffset at, DateTimeOffset now)
    {
        var span = at - now;
        var length = span.Duration();
        if (length < TimeSpan.FromMinutes(1))
        {
            return "now";
        }

        if (length > TimeSpan.FromDays(13))
        {
            return at.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
        }

        var text = Length(length);
        return span < TimeSpan.Zero ? $"{text} ago" : $"in {text}";
    }
}
