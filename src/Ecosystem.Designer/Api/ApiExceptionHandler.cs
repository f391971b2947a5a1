using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Designer.Api;

/// <summary>Answers exceptions below <c>/api</c> and <c>/elsa</c> with problem details; nothing internal leaves the process.</summary>
internal sealed partial class ApiExceptionHandler(IProblemDetailsService problems, ILogger<ApiExceptionHandler> log) : IExceptionHandler
{
    /// <inheritdoc />
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // The request's own path is already that of the error page.
        var path = new PathString(httpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path);
        if (!path.StartsWithSegments("/api", StringComparison.Ordinal) && !path.StartsWithSegments("/elsa", StringComparison.Ordinal))
        {
            return false;
        }

        var (status, code, title) = exception switch
        {
            BadHttpRequestException { InnerException: JsonException json } =>
                (StatusCodes.Status400BadRequest, "json.invalid", $"The body is not what this call takes: {(json.Path is { Length: > 1 } place ? $"at {place}: " : string.Empty)}{Plain(json)}"),
            BadHttpRequestException bad => (bad.StatusCode, bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? "body.too-large" : "request.invalid", bad.Message),
            DbUpdateConcurrencyException => (StatusCodes.Status409Conflict, "state.changed", "Someone else changed this at the same moment; read it again and repeat."),
            _ => (StatusCodes.Status500InternalServerError, "internal", "Something went wrong on our side; the log names it by the trace id."),
        };
        if (status >= StatusCodes.Status500InternalServerError)
        {
            Failed(httpContext.Request.Method, path, exception);
        }

        httpContext.Response.StatusCode = status;
        var problem = new ProblemDetails { Status = status, Title = title };
        problem.Extensions["code"] = code;
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem });
    }

    // The serializer appends where it stood ("Path: … | LineNumber: …"), which the path already says.
    private static string Plain(JsonException json)
    {
        var text = json.Message;
        var end = text.IndexOf(" Path: ", StringComparison.Ordinal);
        return end > 0 ? text[..end] : text;
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void Failed(string method, string path, Exception exception);
}
