using PhoneNumbers;

namespace Ecosystem.Workflows.Partners.Matching;

/// <summary>Brings telephone numbers to E.164, the one international form.</summary>
public static class PhoneNumber
{
    /// <summary>Reads a number.</summary>
    /// <param name="text">As people write it.</param>
    /// <param name="country">The ISO 3166 country whose conventions apply when it has no country code.</param>
    /// <returns>For example <c>+4930123456</c>, or null when it is no possible number.</returns>
    public static string? ToE164(string? text, string? country)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var util = PhoneNumberUtil.GetInstance();
        try
        {
            var number = util.Parse(text, string.IsNullOrEmpty(country) ? null : country);
            return util.IsPossibleNumber(number) ? util.Format(number, PhoneNumberFormat.E164) : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }
}
