using Ecosystem.Designer.Components.Forms;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Tasks;
using Ecosystem.Workflows.Tasks.Documents;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecosystem.Designer.Links;

/// <summary>
/// Answering a task by a signed link. <c>GET</c> shows and changes nothing, however often mail scanners fetch it; <c>POST</c> acts. 403 for a
/// link that is not of this task, 410 for one that was used or has ended, and for a task that is closed.
/// </summary>
internal static class LinkEndpoints
{
    private const string Route = "/answer/{taskId}";
    private const long MaxPost = 64 * 1024 * 1024;

    /// <summary>Maps them. The token is what authorises, no cookie is read, so there is nothing to forge.</summary>
    public static void Map(WebApplication app)
    {
        app.MapMethods(Route, ["GET", "HEAD"], ShowAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapPost(Route, AnswerAsync).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription().WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MaxPost));
    }

    private static async Task<RazorComponentResult> ShowAsync(string taskId, string? token, TaskLinks links, TaskService tasks, HttpContext http, CancellationToken ct)
    {
        var opened = await links.OpenAsync(taskId, token, ct);
        if (!opened.TryGet(out var linked))
        {
            return Closed(http, opened.Refusals);
        }

        var form = FormSchema.Parse(linked.Task.Form?.ToJsonString());
        var known = await tasks.KnownAsync(linked.Task.Id, linked.Actor, ct);
        return Show(http, new LinkPage(linked.Task, form, known, form.Start(known), null, Address(http), []), StatusCodes.Status200OK);
    }

    private static async Task<RazorComponentResult> AnswerAsync(string taskId, string? token, TaskLinks links, TaskService tasks, DocumentStore documents, HttpContext http, CancellationToken ct)
    {
        var opened = await links.OpenAsync(taskId, token, ct);
        if (!opened.TryGet(out var linked))
        {
            return Closed(http, opened.Refusals);
        }

        if (!http.Request.HasFormContentType)
        {
            return Show(http, new LinkPage(null, FormSchema.Empty, [], [], null, "", [new Refusal("request.invalid", "Post the form of the page.")]), StatusCodes.Status400BadRequest);
        }

        var form = FormSchema.Parse(linked.Task.Form?.ToJsonString());
        var posted = await http.Request.ReadFormAsync(ct);
        var refusals = new List<Refusal>();
        var values = await FormPost.ReadAsync(form, posted, async (_, path, file) =>
        {
            await using var content = file.OpenReadStream();
            var kept = await documents.AddAsync(linked.Task.Id, file.FileName, content, linked.Actor, ct);
            if (kept.TryGet(out var document))
            {
                return document.Id;
            }

            refusals.AddRange(kept.Refusals.Select(refusal => refusal with { Field = path }));
            return null;
        });
        var comment = posted["$comment"].ToString() is { Length: > 0 } text ? text : null;
        refusals.AddRange(Unknown(form, posted));
        if (refusals.Count == 0)
        {
            var answered = await links.AnswerAsync(taskId, token, posted["$outcome"].ToString(), form.Collect(values), comment, ct);
            if (answered.IsSuccess)
            {
                return Show(http, new LinkPage(linked.Task, form, [], values, null, "", []) { IsDone = true }, StatusCodes.Status200OK);
            }

            refusals.AddRange(answered.Refusals);
        }

        if (refusals[0].Code is "link.used" or "link.expired" or "link.invalid" or "task.not-open")
        {
            return Closed(http, refusals);
        }

        var known = await tasks.KnownAsync(linked.Task.Id, linked.Actor, ct);
        return Show(http, new LinkPage(linked.Task, form, known, values, comment, Address(http), refusals), StatusOf(refusals[0]));
    }

    // Fields of the page, by the first part of their paths; anything else was not on it.
    private static IEnumerable<Refusal> Unknown(FormSchema form, IFormCollection posted)
    {
        var names = form.Fields.Select(field => field.Name).Append("$comment").Append("$outcome").ToHashSet(StringComparer.Ordinal);
        return posted.Keys.Concat(posted.Files.Select(file => file.Name)).Distinct(StringComparer.Ordinal)
            .Where(key => !names.Contains(key.Split('.', '[')[0]))
            .Take(10)
            .Select(key => new Refusal("form.unknown-field", $"The form has no field '{(key.Length > 60 ? key[..60] : key)}'."));
    }

    private static string Address(HttpContext http) => http.Request.Path + http.Request.QueryString;

    private static RazorComponentResult Closed(HttpContext http, IReadOnlyList<Refusal> refusals) =>
        Show(http, new LinkPage(null, FormSchema.Empty, [], [], null, "", refusals), StatusOf(refusals[0]));

    private static int StatusOf(Refusal refusal) => refusal.Code == "task.not-open" ? StatusCodes.Status410Gone : Api.ApiProblem.StatusOf(refusal);

    private static RazorComponentResult Show(HttpContext http, LinkPage page, int status)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        return new RazorComponentResult(typeof(LinkDocument), new Dictionary<string, object?> { ["Model"] = page }) { StatusCode = status };
    }
}
