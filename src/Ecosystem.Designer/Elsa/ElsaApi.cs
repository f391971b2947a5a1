using System.Text.Json.Nodes;
using Ecosystem.Designer.Api;
using Ecosystem.Designer.Identity;
using Ecosystem.Workflows;

namespace Ecosystem.Designer.Elsa;

/// <summary>Elsa's REST API, as far as Elsa Studio calls it, under <see cref="Root"/>. Reading is for staff, changing for authors.</summary>
internal static class ElsaApi
{
    /// <summary>Where Studio finds it.</summary>
    public const string Root = "/elsa/api";

    /// <summary>Maps the calls.</summary>
    public static void MapElsa(this WebApplication app)
    {
        var elsa = app.MapGroup(Root).RequireAuthorization(Access.Read("definitions", Access.Staff)).DisableAntiforgery().ExcludeFromDescription();
        ElsaDescriptorsApi.Map(elsa);
        ElsaDefinitionsApi.Map(elsa);
        elsa.Map("/{**rest}", (string? rest) => ApiProblem.From(new Refusal("route.not-found", $"This server has no Elsa call {rest}.")));
    }

    /// <summary>Whether the caller may change definitions.</summary>
    public static bool IsAuthor(this HttpContext http) => http.User.IsInRole(Access.Authors) && Access.ScopeAllows(http.User, "definitions", "write");

    /// <summary>A list in Elsa's shape.</summary>
    public static JsonObject Items(IEnumerable<JsonNode> items)
    {
        var array = new JsonArray([.. items]);
        return new JsonObject { ["items"] = array, ["count"] = array.Count, ["totalCount"] = array.Count };
    }

    /// <summary>A refused change in the shape whose messages Studio shows.</summary>
    public static Microsoft.AspNetCore.Http.IResult Refused(Workflows.IResult refused)
    {
        var status = ApiProblem.StatusOf(refused.Refusals[0]);
        return Results.Json(
            new
            {
                statusCode = status,
                message = refused.Refusals[0].Message,
                code = refused.Refusals[0].Code,
                errors = new Dictionary<string, string[]> { ["generalErrors"] = [.. refused.Refusals.Select(refusal => refusal.Message)] },
            },
            statusCode: status == StatusCodes.Status412PreconditionFailed ? StatusCodes.Status409Conflict : status);
    }
}
