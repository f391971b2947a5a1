using System.Collections.Frozen;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Workflows.Definitions;

/// <summary>The steps of an assembly, by activity type. Immutable.</summary>
internal sealed class StepCatalog
{
    /// <summary>The steps of this product.</summary>
    internal static readonly StepCatalog Shipped = new(typeof(StepCatalog).Assembly.GetTypes());

    private readonly FrozenDictionary<string, StepType> steps;

    internal StepCatalog(IEnumerable<Type> types)
        : this(types.Where(type => type.IsDefined(typeof(WorkflowStepAttribute))).Select(type => new StepType(type.GetCustomAttribute<WorkflowStepAttribute>()!, type)))
    {
    }

    internal StepCatalog(IEnumerable<StepType> types)
    {
        var found = new Dictionary<string, StepType>(StringComparer.Ordinal);
        foreach (var step in types)
        {
            var type = step.Implementation;
            if (!typeof(WorkflowStep).IsAssignableFrom(type))
            {
                throw new InvalidOperationException($"{type} has [WorkflowStep] but does not derive from WorkflowStep.");
            }

            if (InputsOf(type).FirstOrDefault(name => PlanReader.IsReserved(name)) is { } reserved)
            {
                throw new InvalidOperationException($"{type} has an input '{reserved}'; in Elsa's JSON that name is the activity's own. Call it something else.");
            }

            if (!found.TryAdd(step.Attribute.Type, step))
            {
                throw new InvalidOperationException($"The step '{step.Attribute.Type}' is defined by both {found[step.Attribute.Type].Implementation} and {type}.");
            }
        }

        if (found.Values.FirstOrDefault(step => step.Attribute.UndoneBy is { } undo && !found.ContainsKey(undo)) is { } open)
        {
            throw new InvalidOperationException($"{open.Implementation} is undone by '{open.Attribute.UndoneBy}', but there is no such step.");
        }

        steps = found.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static IEnumerable<string> InputsOf(Type step)
    {
        for (var type = step; type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(WorkflowStep<,>))
            {
                return type.GetGenericArguments()[0].GetProperties().Select(property => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(property.Name));
            }
        }

        return [];
    }

    internal IEnumerable<StepType> All => steps.Values;

    internal StepType? Find(string type) => steps.GetValueOrDefault(type);

    internal bool Has(string type) => steps.ContainsKey(type);

    /// <summary>A step class with what its attribute says.</summary>
    /// <param name="Attribute">The attribute.</param>
    /// <param name="Implementation">The class.</param>
    internal sealed record StepType(WorkflowStepAttribute Attribute, Type Implementation)
    {
        private readonly ObjectFactory factory = ActivatorUtilities.CreateFactory(Implementation, []);

        internal WorkflowStep Create(IServiceProvider services) => (WorkflowStep)factory(services, null);
    }
}
