using System.Text.Json;
using System.Text.Json.Serialization;
using Scalar.AspNetCore;

namespace Ecosystem.Designer.Api;

/// <summary>Registers and maps the REST API with its description.</summary>
internal static class ApiSetup
{
    /// <summary>Root of version 1.</summary>
    public const string Root = "/api/v1";

    /// <summary>Adds the services.</summary>
    public static void AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
            options.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
            context.ProblemDetails.Extensions.TryAdd("code", CodeOf(context.ProblemDetails.Status)));
        services.AddExceptionHandler<ApiExceptionHandler>();
        services.AddOpenApi("v1", options =>
        {
            options.OpenApiVersion = Microsoft.OpenApi.OpenApiSpecVersion.OpenApi3_1;
            options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1", StringComparison.Ordinal) == true;
            options.AddDocumentTransformer<ApiDescription>();
            options.AddOperationTransformer<ApiDescription>();
            options.AddSchemaTransformer<ApiDescription>();
        });
    }

    /// <summary>Maps every resource.</summary>
    public static void MapApi(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapScalarApiReference("/docs", options => options
            .WithTitle("Ecosystem API")
            .WithOpenApiRoutePattern("/openapi/{documentName}.json")
            .DisableDefaultFonts()
            .DisableTelemetry()).AllowAnonymous();
        var api = app.MapGroup(Root).RequireAuthorization().DisableAntiforgery().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403);
        PartnersApi.Map(api);
        WatchlistsApi.Map(api);
        DealsApi.Map(api);
        CasesApi.Map(api);
        TasksApi.Map(api);
        ConflictsApi.Map(api);
        DecisionsApi.Map(api);
        RulesetsApi.Map(api);
        PayoutsApi.Map(api);
        ImportsApi.Map(api);
        WebhooksApi.Map(api);
        DefinitionsApi.Map(api);
        ApiKeysApi.Map(api);
        app.Map("/api/{**rest}", (string? rest) => ApiProblem.From(new Workflows.Refusal("route.not-found", $"There is no call /api/{rest}; /docs lists all."))).ExcludeFromDescription().AllowAnonymous();
        app.MapDefinitionEndpoints();
    }

    private static string CodeOf(int? status) => status switch
    {
        StatusCodes.Status400BadRequest => "request.invalid",
        StatusCodes.Status401Unauthorized => "actor.unknown",
        StatusCodes.Status403Forbidden => "actor.forbidden",
        StatusCodes.Status404NotFound => "route.not-found",
        StatusCodes.Status405MethodNotAllowed => "method.not-allowed",
        StatusCodes.Status415UnsupportedMediaType => "body.media-type",
        StatusCodes.Status429TooManyRequests => "rate.limited",
        _ => "internal",
    };
}
