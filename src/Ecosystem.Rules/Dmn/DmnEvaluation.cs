using Ecosystem.Rules.Feel;

namespace Ecosystem.Rules.Dmn;

/// <summary>One evaluation of a model: inputs, and the results made so far. Not thread-safe.</summary>
internal sealed class DmnEvaluation(FeelRun run, FeelContext inputs)
{
    private readonly Dictionary<(string Path, DmnElement Element), FeelValue> _results = new(SameElement.Instance);
    private readonly HashSet<(string Path, DmnElement Element)> _open = new(SameElement.Instance);
    private readonly Dictionary<DmnElement, FeelValue> _supplied = new(ReferenceEqualityComparer.Instance);

    public List<string> Messages { get; } = [];

    /// <summary>Supplies the result of a decision instead of making it.</summary>
    public void Supply(DmnElement element, FeelValue value) => _supplied[element] = value;

    /// <summary>The value of an element; path is the chain of import prefixes that led to it.</summary>
    public FeelValue Value(DmnModule module, DmnElement element, string path)
    {
        if (_supplied.TryGetValue(element, out var known) || _results.TryGetValue((path, element), out known))
        {
            return known;
        }

        if (!_open.Add((path, element)))
        {
            Messages.Add($"'{element.Name}' requires itself.");
            return FeelValue.Null;
        }

        FeelRun.EnsureStack();
        var value = element switch
        {
            DmnInputData input => Input(module, input, path),
            DmnDecision decision => Decide(module, decision, path),
            DmnBusinessKnowledgeModel knowledge => Knowledge(module, knowledge, path),
            DmnDecisionService service => FeelValue.Of(new DmnServiceFunction(module, service)),
            _ => FeelValue.Null,
        };
        _open.Remove((path, element));
        return _results[(path, element)] = value;
    }

    private FeelValue Input(DmnModule module, DmnInputData input, string path)
    {
        if (!inputs.TryGet($"{module.Definitions.Namespace}#{input.Name}", out var given)
            && !TryInput(path, input.Variable.Name, out given) && !TryInput(path, input.Name, out given))
        {
            return FeelValue.Null;
        }

        var type = module.Types.Of(input.Variable.TypeRef);
        var value = type.Coerce(given);
        if (value.IsNull && !given.IsNull)
        {
            Messages.Add($"The input '{input.Name}' should be a {type}, but is {FeelNaming.Short(given)}.");
        }

        return value;
    }

    /// <summary>Finds an input below its import prefixes, as "prefix.name", or by its name alone.</summary>
    private bool TryInput(string path, string name, out FeelValue value)
    {
        if (path.Length > 0)
        {
            FeelContext? context = inputs;
            foreach (var prefix in path.Split('\n'))
            {
                if (context is null || !context.TryGet(prefix, out var inner))
                {
                    context = null;
                    break;
                }

                context = inner.Context;
            }

            if (context is not null && context.TryGet(name, out value))
            {
                return true;
            }

            if (inputs.TryGet($"{path.Replace('\n', '.')}.{name}", out value))
            {
                return true;
            }
        }

        return inputs.TryGet(name, out value);
    }

    private FeelValue Decide(DmnModule module, DmnDecision decision, string path)
    {
        var unit = module.UnitOf(decision.Id)!;
        if (unit.Code is null)
        {
            // A decision without logic is made elsewhere.
            return TryInput(path, decision.Variable.Name, out var given) ? unit.Type.Coerce(given) : FeelValue.Null;
        }

        if (unit.Code is DmnFailedCode failed)
        {
            Messages.Add(failed.Message);
        }

        var value = unit.Code.Run(run, Scope(unit, path));
        var result = unit.Type.Coerce(value);
        if (result.IsNull && !value.IsNull)
        {
            Messages.Add($"The decision '{decision.Name}' should give a {unit.Type}, but gave {FeelNaming.Short(value)}.");
        }

        return result;
    }

    private FeelValue Knowledge(DmnModule module, DmnBusinessKnowledgeModel knowledge, string path)
    {
        var unit = module.UnitOf(knowledge.Id)!;
        if (unit.Code is null)
        {
            return FeelValue.Null;
        }

        var scope = Scope(unit, path);
        var function = unit.Code.Run(run, scope);
        scope.With(unit.Name, function);
        return function;
    }

    private DmnScope Scope(DmnUnit unit, string path)
    {
        var scope = new DmnScope(null);
        var prefixed = new Dictionary<string, Dictionary<string, FeelValue>>(StringComparer.Ordinal);
        foreach (var need in unit.Needs)
        {
            var below = need.Prefix.Length == 0 ? path : path.Length == 0 ? need.Prefix : $"{path}\n{need.Prefix}";
            var value = Value(need.Module, need.Element, below);
            var name = DmnModule.VariableOf(need.Element).Name;
            if (need.Prefix.Length == 0)
            {
                scope.With(name, value);
                continue;
            }

            if (!prefixed.TryGetValue(need.Prefix, out var members))
            {
                prefixed[need.Prefix] = members = new Dictionary<string, FeelValue>(StringComparer.Ordinal);
            }

            members[name] = value;
        }

        foreach (var (prefix, members) in prefixed)
        {
            scope.With(prefix, FeelValue.Of(FeelRecord.From(members)));
        }

        return scope;
    }

    /// <summary>Elements of several models may look alike without being the same.</summary>
    private sealed class SameElement : IEqualityComparer<(string Path, DmnElement Element)>
    {
        public static readonly SameElement Instance = new();

        public bool Equals((string Path, DmnElement Element) x, (string Path, DmnElement Element) y) => x.Path == y.Path && ReferenceEquals(x.Element, y.Element);

        public int GetHashCode((string Path, DmnElement Element) key) =>
            HashCode.Combine(key.Path, System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(key.Element));
    }
}

/// <summary>A decision service as a function: its inputs, then the decisions it is given, are the parameters.</summary>
internal sealed class DmnServiceFunction : FeelFunction
{
    private readonly DmnModule _module;
    private readonly DmnDecisionService _service;
    private readonly IReadOnlyList<DmnElement> _parameters;
    private readonly FeelType _result;

    public DmnServiceFunction(DmnModule module, DmnDecisionService service)
        : this(module, service, Inputs(module, service))
    {
    }

    private DmnServiceFunction(DmnModule module, DmnDecisionService service, IReadOnlyList<DmnElement> parameters)
        : base(service.Name, [.. parameters.Select(p => DmnModule.VariableOf(p).Name)])
    {
        _module = module;
        _service = service;
        _parameters = parameters;
        var declared = module.Types.Of(service.Variable.TypeRef);
        _result = declared is FeelFunctionType function ? function.Result : declared;
        Type = new FeelFunctionType([.. parameters.Select(p => module.Types.Of(DmnModule.VariableOf(p).TypeRef))], _result);
    }

    internal override FeelFunctionType Type { get; }

    internal override FeelValue Invoke(FeelRun run, FeelValue[] arguments)
    {
        if (arguments.Length != _parameters.Count)
        {
            return run.Fail(Name, $"{_parameters.Count} arguments, got {arguments.Length}");
        }

        var entries = new Dictionary<string, FeelValue>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Length; i++)
        {
            var type = _module.Types.Of(DmnModule.VariableOf(_parameters[i]).TypeRef);
            var value = type.Coerce(arguments[i]);
            if (value.IsNull && !arguments[i].IsNull)
            {
                // As for every function: an argument of the wrong type leaves the call without a result (DMN 1.5, 10.3.2.13.2).
                return run.Fail(ToString(), $"a {type} for '{Parameters[i]}'");
            }

            entries[Parameters[i]] = value;
        }

        return Evaluate(run, FeelRecord.From(entries), null);
    }

    /// <summary>Runs the service over named values.</summary>
    public FeelValue Evaluate(FeelRun run, FeelContext inputs, List<string>? messages)
    {
        run.EnterCall();
        var evaluation = new DmnEvaluation(run, inputs);
        foreach (var parameter in _parameters)
        {
            var variable = DmnModule.VariableOf(parameter);
            inputs.TryGet(variable.Name, out var given);
            var value = _module.Types.Of(variable.TypeRef).Coerce(given);
            evaluation.Supply(parameter, value);
        }

        var outputs = _service.OutputDecisions.Select(_module.Find).Where(f => f is not null).Select(f => f!.Value).ToList();
        var results = outputs.ConvertAll(o => new KeyValuePair<string, FeelValue>(DmnModule.VariableOf(o.Element).Name, evaluation.Value(o.Module, o.Element, o.Prefix)));
        run.LeaveCall();
        messages?.AddRange(evaluation.Messages);
        return _result.Coerce(results.Count == 1 ? results[0].Value : FeelValue.Of(FeelRecord.From(results)));
    }

    private static List<DmnElement> Inputs(DmnModule module, DmnDecisionService service) =>
        [.. service.InputData.Concat(service.InputDecisions).Select(module.Find).Where(f => f is not null).Select(f => f!.Value.Element)];
}
