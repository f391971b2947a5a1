using Ecosystem.Workflows;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Ecosystem.Designer.Api;

/// <summary>Turns refusals into problem details (RFC 9457) with a stable <c>code</c> and, where fields are at fault, <c>errors</c> by field.</summary>
internal static class ApiProblem
{
    /// <summary>The answer for a refused command.</summary>
    public static ProblemHttpResult From(Workflows.IResult refused) => From(refused.Refusals);

    /// <summary>The answer for one refusal.</summary>
    public static ProblemHttpResult From(Refusal refusal) => From([refusal]);

    /// <summary>The answer when something does not exist or may not be seen.</summary>
    public static ProblemHttpResult NotFound(string what, string id) => From(Refusal.NotFound(what, id));

    /// <summary>The answer for refusals; the first one gives code and status.</summary>
    public static ProblemHttpResult From(IReadOnlyList<Refusal> refusals)
    {
        var first = refusals[0];
        var problem = new ProblemDetails
        {
            Status = StatusOf(first),
            Title = first.Message,
            Detail = refusals.Count > 1 ? string.Join(' ', refusals.Skip(1).Select(refusal => refusal.Message)) : null,
        };
        problem.Extensions["code"] = first.Code;
        var errors = refusals
            .Where(refusal => refusal.Field is not null)
            .GroupBy(refusal => refusal.Field!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Select(refusal => refusal.Message).ToArray(), StringComparer.Ordinal);
        if (errors.Count > 0)
        {
            problem.Extensions["errors"] = errors;
        }

        return TypedResults.Problem(problem);
    }

    /// <summary>
    /// The HTTP status of a reason code: missing things are 404, missing rights 403, input at fault 400 (a field is named),
    /// a lost race or a state that does not allow the command 409, a stale version 412.
    /// </summary>
    public static int StatusOf(Refusal refusal) => refusal.Code switch
    {
        var code when code.EndsWith(".not-found", StringComparison.Ordinal) && refusal.Field is null => StatusCodes.Status404NotFound,
        var code when code.EndsWith(".forbidden", StringComparison.Ordinal) => StatusCodes.Status403Forbidden,
        var code when code.EndsWith(".stale", StringComparison.Ordinal) => StatusCodes.Status412PreconditionFailed,
        "link.used" or "link.expired" => StatusCodes.Status410Gone,
        "link.invalid" => StatusCodes.Status403Forbidden,
        _ when refusal.Field is not null => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status409Conflict,
    };
}
