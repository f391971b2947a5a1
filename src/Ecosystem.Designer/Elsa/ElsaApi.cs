using System.Text.Json.Nodes;
using Ecosystem.Designer.Api;
using Ecosystem.Designer.Identity;
using Ecosystem.Workflows;
using IResult = Microsoft.AspNetCore.Http.IResult;

namespace Ecosystem.Designer.Elsa;

/// <summary>Elsa's REST API and hub, as far as Elsa Studio calls them, under <see cref="Root"/>. Reading is for staff, changing for authors.</summary>
internal static class ElsaApi
{
    /// <summary>Where Studio finds it.</summary>
    public const string Root = "/elsa/api";

    /// <summary>Adds the services.</summary>
    public static void AddElsa(this IServiceCollection services)
    {
        services.AddSignalR();
        services.AddSingleton<ElsaCatalog>();
        services.AddSingleton<ElsaDefinitions>();
        services.AddSingleton<ElsaInstances>();
        services.AddSingleton<InstanceWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<InstanceWatch>());
    }

    /// <summary>Maps the calls.</summary>
    public static void MapElsa(this WebApplication app)
    {
        ElsaLoginApi.Map(app.MapGroup(Root).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription());
        var elsa = app.MapGroup(Root).RequireAuthorization(Access.Read("definitions", Access.Staff)).DisableAntiforgery().ExcludeFromDescription();
        ElsaDescriptorsApi.Map(elsa);
        ElsaDefinitionsApi.Map(elsa);
        ElsaPublishingApi.Map(elsa);
        ElsaTransferApi.Map(elsa);
        ElsaRunApi.Map(elsa);
        ElsaInstancesApi.Map(elsa);
        ElsaExecutionsApi.Map(elsa);
        ElsaAlterationsApi.Map(elsa);
        elsa.Map("/{**rest}", (string? rest) => Refused(new Refusal("route.not-found", $"This server has no Elsa call {rest}.")));
        app.MapHub<WorkflowInstanceHub>(WorkflowInstanceHub.Path).RequireAuthorization(Access.Read("definitions", Access.Staff)).ExcludeFromDescription();
    }

    /// <summary>Whether the caller may change definitions.</summary>
    public static bool IsAuthor(this HttpContext http) => http.User.IsInRole(Access.Authors) && Access.ScopeAllows(http.User, "definitions", "write");

    /// <summary>A list in Elsa's shape.</summary>
    public static JsonObject Items(IEnumerable<JsonNode> items)
    {
        var array = new JsonArray([.. items]);
        return new JsonObject { ["items"] = array, ["count"] = array.Count, ["totalCount"] = array.Count };
    }

    /// <summary>A refused call as problem details; Studio shows every message under <c>errors</c>.</summary>
    public static IResult Refused(Workflows.IResult refused) => Refused([.. refused.Refusals]);

    /// <summary>A refused call as problem details.</summary>
    public static IResult Refused(params Refusal[] refusals)
    {
        var status = ApiProblem.StatusOf(refusals[0]);
        return Results.Problem(
            title: refusals[0].Message,
            statusCode: status == StatusCodes.Status412PreconditionFailed ? StatusCodes.Status409Conflict : status,
            extensions: new Dictionary<string, object?>
            {
                ["code"] = refusals[0].Code,
                ["message"] = refusals[0].Message,
                ["errors"] = refusals.GroupBy(refusal => refusal.Field ?? "generalErrors", StringComparer.Ordinal)
                    .ToDictionary(group => group.Key, group => group.Select(refusal => refusal.Message).ToArray(), StringComparer.Ordinal),
            });
    }
}
