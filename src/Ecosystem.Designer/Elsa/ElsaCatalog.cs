using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Ecosystem.Designer.Components;
using Ecosystem.Designer.Identity;
using Ecosystem.Workflows.Decisions;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Integration.Mail;
using Ecosystem.Workflows.Storage;
using Ecosystem.Workflows.Tasks.Calendars;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Designer.Elsa;

/// <summary>
/// Every activity a definition can use, described for Elsa Studio: ours from their classes, Elsa's own, and published definitions that
/// may be used as activities. Drop-downs are filled with what is there now.
/// </summary>
internal sealed class ElsaCatalog(StorageSession storage, RulesetService rulesets)
{
    /// <summary>The descriptors, by type.</summary>
    public async Task<IReadOnlyList<ActivityDescriptor>> AllAsync(CancellationToken ct)
    {
        var definitions = await storage.ReadAsync(
            (db, token) => db.Set<DefinitionVersion>().Where(version => version.State == VersionState.Published).OrderBy(version => version.DefinitionId).ToListAsync(token), ct);
        var decisions = (await rulesets.ListAsync(null, ct)).Select(ruleset => ruleset.Name).ToList();
        IReadOnlyList<string> Live(string list) => list switch
        {
            "roles" => Roles.All,
            "calendars" => BusinessTime.Names,
            "templates" => [.. MailTemplates.Names],
            "rulesets" => decisions,
            "definitions" => [.. definitions.Select(version => version.DefinitionId).Distinct(StringComparer.Ordinal)],
            _ => [],
        };
        return
        [
            .. StepCatalog.Shipped.All.Select(step => Of(step, Live)),
            .. ElsaActivities.All(Live),
            .. definitions.Select(version => DefinitionDocument.Parse(version.Json)).Where(document => document.UsableAsActivity).Select(Of),
        ];
    }

    private static ActivityDescriptor Of(StepCatalog.StepType step, Func<string, IReadOnlyList<string>> live)
    {
        var (input, output) = Shapes(step.Implementation);
        return new ActivityDescriptor
        {
            TypeName = step.Attribute.Type,
            Category = step.Attribute.Category,
            DisplayName = step.Attribute.DisplayName ?? Words.Of(step.Attribute.Type[(step.Attribute.Type.LastIndexOf('.') + 1)..]),
            Description = step.Attribute.Description,
            Kind = step.Attribute.LongRunning ? "Task" : "Action",
            Icon = step.Attribute.Icon,
            CustomProperties = new JsonObject { ["icon"] = step.Attribute.Icon },
            Inputs =
            [
                .. input.GetProperties().Where(property => property.Name != "EqualityContract").Select((property, index) => Of(property, index, live)),
                .. step.Attribute.ChildWorkflow is null ? ElsaActivities.Limits(step.Attribute) : [],
            ],
            Outputs = [.. output.GetProperties().Where(property => property.Name != "EqualityContract").Select(property => new OutputDescriptor { Name = property.Name, DisplayName = Words.Of(property.Name), TypeName = Alias(property.PropertyType) })],
            Ports = step.Attribute.Type == DecideWithRulesetStep.Type ? [] : [.. step.Attribute.Outcomes.Select(outcome => new PortDescriptor(outcome, Words.Of(outcome)))],
        };
    }

    private static (Type Input, Type Output) Shapes(Type step)
    {
        for (var type = step.BaseType; type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(WorkflowStep<,>))
            {
                return (type.GenericTypeArguments[0], type.GenericTypeArguments[1]);
            }
        }

        return (typeof(object), typeof(object));
    }

    private static InputDescriptor Of(PropertyInfo property, int index, Func<string, IReadOnlyList<string>> live)
    {
        // On a record the attribute may stand on the constructor's parameter.
        var hint = property.GetCustomAttribute<StepInputAttribute>()
            ?? property.DeclaringType!.GetConstructors().SelectMany(constructor => constructor.GetParameters())
                .FirstOrDefault(parameter => parameter.Name == property.Name)?.GetCustomAttribute<StepInputAttribute>();
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        IReadOnlyList<string>? choices = hint?.OptionsFrom is { } list ? live(list) : hint?.Options ?? (type.IsEnum ? Enum.GetNames(type) : null);
        if (hint?.UIHint == "dynamic-outcomes")
        {
            return ElsaActivities.Outcomes(property.Name, hint.Description, "Done") with { DisplayName = hint.DisplayName ?? Words.Of(property.Name), Order = index };
        }

        var isList = type != typeof(string) && type != typeof(JsonObject) && type.IsAssignableTo(typeof(System.Collections.IEnumerable));
        // A list that is empty now must not keep anybody from writing a value.
        var input = choices is null or [] ? ElsaActivities.In(property.Name, Alias(type), hint?.UIHint is { } editor && editor != "dropdown" ? editor : HintOf(type, isList))
            : isList ? ElsaActivities.List(property.Name, choices)
            : ElsaActivities.Choice(property.Name, choices);
        return input with
        {
            DisplayName = hint?.DisplayName ?? Words.Of(property.Name),
            Description = hint?.Description,
            Category = hint?.Category,
            Order = index,
            DefaultSyntax = hint?.DefaultSyntax ?? (isList ? "Object" : "Literal"),
        };
    }

    private static ActivityDescriptor Of(DefinitionDocument document) => new()
    {
        TypeName = Pascal(document.Name),
        Version = document.Version,
        Category = "Processes",
        Icon = "account_tree",
        DisplayName = document.Name,
        Description = document.Description,
        CustomProperties = new JsonObject { ["WorkflowDefinitionId"] = document.DefinitionId, ["RootType"] = "WorkflowDefinitionActivity" },
        ConstructionProperties = new JsonObject { ["workflowDefinitionId"] = document.DefinitionId, ["latestAvailablePublishedVersion"] = document.Version },
        Inputs = [.. Arguments(document, "inputs").Select(name => ElsaActivities.In(name, "Object"))],
        Outputs = [.. Arguments(document, "outputs").Select(name => new OutputDescriptor { Name = name, DisplayName = name })],
        Ports = [.. (document.Json["outcomes"] as JsonArray ?? []).Select(outcome => outcome!.ToString()).Append("Done").Distinct(StringComparer.Ordinal).Select(outcome => new PortDescriptor(outcome, outcome))],
    };

    private static IEnumerable<string> Arguments(DefinitionDocument document, string kind) =>
        (document.Json[kind] as JsonArray ?? []).OfType<JsonObject>().Select(argument => argument["name"]?.ToString()).OfType<string>();

    private static string Pascal(string name)
    {
        var text = new StringBuilder();
        var up = true;
        foreach (var letter in name)
        {
            if (!char.IsLetterOrDigit(letter))
            {
                up = true;
                continue;
            }

            text.Append(up ? char.ToUpperInvariant(letter) : letter);
            up = false;
        }

        return text.ToString();
    }

    private static string HintOf(Type type, bool isList) =>
        isList ? "multitext" : type == typeof(bool) ? "checkbox" : type.IsAssignableTo(typeof(JsonNode)) || (type.IsClass && type != typeof(string)) ? "json-editor" : "singleline";

    private static string Alias(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(string) || type.IsEnum || (type.IsValueType && type.Name.EndsWith("Id", StringComparison.Ordinal)) ? "String"
            : type == typeof(bool) ? "Boolean"
            : type == typeof(int) ? "Int32"
            : type == typeof(long) ? "Int64"
            : type == typeof(decimal) ? "Decimal"
            : type == typeof(DateTimeOffset) ? "DateTimeOffset"
            : type == typeof(TimeSpan) ? "TimeSpan"
            : "Object";
    }
}
