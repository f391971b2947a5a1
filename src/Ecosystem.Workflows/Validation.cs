using FluentValidation;

namespace Ecosystem.Workflows;

/// <summary>Turns the findings of validators into refusals.</summary>
internal static class Validation
{
    /// <summary>Checks an input.</summary>
    /// <returns>One refusal per finding, its field in JSON notation; empty when the input is right.</returns>
    public static IReadOnlyList<Refusal> Check<T>(this AbstractValidator<T> rules, T input)
    {
        var result = rules.Validate(input);
        return result.IsValid ? [] : [.. result.Errors.Select(error => new Refusal("input.invalid", error.ErrorMessage, ToJsonPath(error.PropertyName)))];
    }

    // "Customer.LegalName" becomes "customer.legalName".
    private static string ToJsonPath(string path) =>
        string.Join('.', path.Split('.').Select(name => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name[1..]));
}
