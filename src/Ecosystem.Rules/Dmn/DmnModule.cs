using Ecosystem.Rules.Feel;

namespace Ecosystem.Rules.Dmn;

/// <summary>One compiled model with the models it imports.</summary>
internal sealed class DmnModule
{
    private readonly FeelOptions _options;
    private readonly Dictionary<string, object> _elements = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DmnUnit> _units = new(StringComparer.Ordinal);
    private readonly List<(string Prefix, DmnModule Module)> _imports = [];
    private readonly List<string> _messages = [];
    private readonly DmnCompiler _compiler;

    public DmnModule(DmnDefinitions definitions, IReadOnlyList<(string Prefix, DmnModule Module)> imports, FeelOptions options)
    {
        Definitions = definitions;
        _options = options;
        _imports.AddRange(imports);
        Types = new DmnTypes(definitions, imports.Select(i => (i.Prefix, i.Module.Types)));
        _compiler = new DmnCompiler(Types, _options, _messages.Add);
        foreach (var element in definitions.InputData.Cast<DmnElement>().Concat(definitions.Decisions).Concat(definitions.BusinessKnowledgeModels).Concat(definitions.DecisionServices).Concat(definitions.KnowledgeSources))
        {
            _elements[element.Id] = element;
        }

        foreach (var decision in definitions.Decisions)
        {
            _units[decision.Id] = Unit(decision.Id, decision.Variable, decision.Requirements);
        }

        foreach (var knowledge in definitions.BusinessKnowledgeModels)
        {
            _units[knowledge.Id] = Unit(knowledge.Id, knowledge.Variable, knowledge.Requirements);
        }

        foreach (var decision in definitions.Decisions)
        {
            Compile(_units[decision.Id], decision);
        }

        foreach (var knowledge in definitions.BusinessKnowledgeModels)
        {
            Compile(_units[knowledge.Id], knowledge);
        }
    }

    public DmnDefinitions Definitions { get; }

    public DmnTypes Types { get; }

    public IReadOnlyList<string> Messages => _messages;

    public object? Element(string id) => _elements.GetValueOrDefault(id);

    public DmnUnit? UnitOf(string id) => _units.GetValueOrDefault(id);

    /// <summary>Where a reference leads: prefixes on the way, module and element; null when nowhere.</summary>
    public (string Prefix, DmnModule Module, DmnElement Element)? Find(string reference)
    {
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        var (space, id) = hash < 0 ? ("", reference) : (reference[..hash], reference[(hash + 1)..]);
        if (space.Length == 0 || space == Definitions.Namespace)
        {
            if (_elements.TryGetValue(id, out var own))
            {
                return ("", this, (DmnElement)own);
            }
        }

        foreach (var (prefix, module) in _imports)
        {
            if ((space.Length == 0 || module.Definitions.Namespace == space) && module._elements.TryGetValue(id, out var found))
            {
                return (prefix, module, (DmnElement)found);
            }
        }

        return null;
    }

    public static DmnVariable VariableOf(DmnElement element) => element switch
    {
        DmnInputData input => input.Variable,
        DmnDecision decision => decision.Variable,
        DmnBusinessKnowledgeModel knowledge => knowledge.Variable,
        DmnDecisionService service => service.Variable,
        _ => new DmnVariable(element.Name),
    };

    private DmnUnit Unit(string id, DmnVariable variable, IReadOnlyList<DmnRequirement> requirements)
    {
        var needs = new List<DmnNeed>();
        foreach (var requirement in requirements.Where(r => r.Kind is DmnRequirementKind.Input or DmnRequirementKind.Decision or DmnRequirementKind.Knowledge))
        {
            if (Find(requirement.Reference) is { } found)
            {
                needs.Add(new DmnNeed(found.Prefix, found.Module, found.Element));
            }
            else
            {
                _messages.Add($"'{variable.Name}' requires '{requirement.Reference}', which is not in this model or its imports.");
            }
        }

        return new DmnUnit(id, variable.Name, Types.Of(variable.TypeRef), needs);
    }

    /// <summary>Names and types an element sees: what it requires, imported names behind their prefix.</summary>
    private FeelScope Scope(DmnUnit unit)
    {
        var names = new Dictionary<string, FeelType>(StringComparer.Ordinal);
        var prefixed = new Dictionary<string, Dictionary<string, FeelType>>(StringComparer.Ordinal);
        foreach (var need in unit.Needs)
        {
            var variable = VariableOf(need.Element);
            var type = need.Element switch
            {
                DmnBusinessKnowledgeModel or DmnDecisionService => FeelType.AnyFunction,
                DmnDecision decision => need.Module._compiler.Infer(decision.Logic, variable.TypeRef),
                _ => need.Module.Types.Of(variable.TypeRef),
            };
            if (need.Prefix.Length == 0)
            {
                names[variable.Name] = type;
            }
            else
            {
                if (!prefixed.TryGetValue(need.Prefix, out var members))
                {
                    prefixed[need.Prefix] = members = new Dictionary<string, FeelType>(StringComparer.Ordinal);
                }

                members[variable.Name] = type;
            }
        }

        foreach (var (prefix, members) in prefixed)
        {
            names[prefix] = FeelType.Context(members);
        }

        return new FeelScope(names, Types.All);
    }

    private void Compile(DmnUnit unit, DmnDecision decision) => unit.Code = decision.Logic switch
    {
        null => null,
        DmnFunctionDefinition function => _compiler.Function(decision.Name, function, Scope(unit), $"decision '{decision.Name}'", decision.Variable.TypeRef is null ? null : unit.Type),
        DmnDecisionTable { TypeRef: null, Outputs.Count: 1 } table => _compiler.Compile(table with { TypeRef = decision.Variable.TypeRef }, Scope(unit), $"decision '{decision.Name}'"),
        _ => _compiler.Compile(decision.Logic, Scope(unit), $"decision '{decision.Name}'"),
    };

    private void Compile(DmnUnit unit, DmnBusinessKnowledgeModel knowledge)
    {
        // A function may call itself without requiring itself.
        var scope = Scope(unit).With(unit.Name, FeelType.AnyFunction);
        unit.Code = knowledge.Logic is null
            ? null
            : _compiler.Function(knowledge.Name, knowledge.Logic, scope, $"knowledge model '{knowledge.Name}'", knowledge.Variable.TypeRef is null ? null : unit.Type);
    }
}

/// <summary>Something an element requires.</summary>
internal sealed record DmnNeed(string Prefix, DmnModule Module, DmnElement Element);

/// <summary>A compiled decision or knowledge model.</summary>
internal sealed class DmnUnit(string id, string name, FeelType type, IReadOnlyList<DmnNeed> needs)
{
    public string Id => id;

    public string Name => name;

    public FeelType Type => type;

    public IReadOnlyList<DmnNeed> Needs => needs;

    public DmnCode? Code { get; set; }
}
