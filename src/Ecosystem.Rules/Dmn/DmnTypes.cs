using System.Collections.Frozen;
using Ecosystem.Rules.Feel;

namespace Ecosystem.Rules.Dmn;

/// <summary>The types of a model: FEEL's own, its item definitions and those it imports.</summary>
internal sealed class DmnTypes
{
    private readonly Dictionary<string, DmnItemDefinition> _definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FeelType> _resolved = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    public DmnTypes(DmnDefinitions definitions, IEnumerable<(string Prefix, DmnTypes Types)> imports)
    {
        foreach (var (prefix, types) in imports)
        {
            foreach (var (name, type) in types.All)
            {
                _resolved[prefix.Length == 0 ? name : $"{prefix}.{name}"] = type;
            }
        }

        foreach (var definition in definitions.ItemDefinitions)
        {
            _definitions[definition.Name] = definition;
        }

        foreach (var definition in definitions.ItemDefinitions)
        {
            Find(definition.Name);
        }
    }

    public IReadOnlyDictionary<string, FeelType> All => _resolved;

    /// <summary>The type of a reference; Any when there is none or it is not known.</summary>
    public FeelType Of(string? reference) => reference is null ? FeelType.Any : Find(reference) ?? Written(reference);

    /// <summary>The allowed values of a type or of what it restricts, when they are a list of values, as an order of priority is; null otherwise.</summary>
    public string? Priorities(string? reference)
    {
        for (var rounds = 0; reference is not null && rounds < 100 && _definitions.TryGetValue(reference, out var definition); rounds++)
        {
            if (definition.AllowedValues?.Text is { } values && !string.IsNullOrWhiteSpace(values))
            {
                return FeelReader.ReadUnaryTests(values, new FeelScope([], _resolved), FeelLimits.Default) is { Negated: false } tests && tests.Tests.All(t => t is FeelLiteral)
                    ? values
                    : null;
            }

            reference = definition.TypeRef;
        }

        return null;
    }

    private FeelType Written(string reference)
    {
        try
        {
            // "list<number>" and the like are written as in FEEL.
            return reference.Contains('<', StringComparison.Ordinal) ? FeelReader.ReadType(reference, new FeelScope([], _resolved)) : FeelType.Any;
        }
        catch (FeelException)
        {
            return FeelType.Any;
        }
    }

    private FeelType? Find(string name)
    {
        if (_resolved.TryGetValue(name, out var type))
        {
            return type;
        }

        if (!_definitions.TryGetValue(name, out var definition))
        {
            return FeelType.Find(name);
        }

        if (!_open.Add(name))
        {
            // A type that holds itself: its depth is not known beforehand.
            return FeelType.Any;
        }

        type = Build(definition);
        _open.Remove(name);
        return _resolved[name] = type;
    }

    private FeelType Build(DmnItemDefinition definition)
    {
        FeelType type;
        if (definition.Function is { } function)
        {
            type = new FeelFunctionType([.. function.Parameters.Select(p => Of(p.TypeRef))], Of(function.OutputTypeRef));
        }
        else if (definition.Components.Count > 0)
        {
            type = new FeelContextType(definition.Components.DistinctBy(c => c.Name).ToFrozenDictionary(c => c.Name, Build, StringComparer.Ordinal));
        }
        else
        {
            type = Of(definition.TypeRef);
        }

        if (!string.IsNullOrWhiteSpace(definition.AllowedValues?.Text) && type is FeelConstrainedType constrained)
        {
            // Own allowed values take the place of the base type's.
            type = constrained.Base;
        }

        type = Constrain(type, definition, definition.AllowedValues?.Text);
        type = definition.IsCollection ? FeelType.List(type) : type;
        return Constrain(type, definition, definition.TypeConstraint?.Text);
    }

    private FeelType Constrain(FeelType type, DmnItemDefinition definition, string? tests)
    {
        if (string.IsNullOrWhiteSpace(tests))
        {
            return type;
        }

        try
        {
            var expression = FeelExpression.ParseUnaryTests(tests, new FeelOptions { Types = new FeelScope([new("?", type)], _resolved), Check = false });
            return new FeelConstrainedType(definition.Name, type, value => expression.EvaluateValue(null, new DmnScope(null).With("?", value)).IsTrue);
        }
        catch (FeelException e)
        {
            throw new DmnException($"The allowed values of the type '{definition.Name}' cannot be read: {e.Message}", e);
        }
    }
}
