using System.Collections.Frozen;
using Ecosystem.Rules.Tables;

namespace Ecosystem.Rules.Feel;

/// <summary>Turns syntax into code, with every local name resolved to a slot. One instance per expression.</summary>
internal sealed class FeelCompiler
{
    private const int GuardEvery = 60;
    private static readonly FrozenSet<string> Folds = new[] { "date", "time", "date and time", "duration", "years and months duration", "number", "range" }.ToFrozenSet(StringComparer.Ordinal);
    private readonly bool _strict;
    private readonly FeelScope? _types;
    private readonly FeelOptions _options;
    private readonly HashSet<string> _free = new(StringComparer.Ordinal);
    private readonly List<Binding> _bindings = [];
    private int _level;
    private int _slots;
    private int _filters;

    public FeelCompiler(FeelOptions options)
    {
        _strict = options.Mode == FeelMode.Strict;
        _types = options.Types;
        _options = options;
    }

    /// <summary>Input variables read, filled while compiling.</summary>
    public IReadOnlySet<string> FreeNames => _free;

    /// <summary>Slots the outermost frame needs.</summary>
    public int Slots => _slots;

    /// <summary>Whether function literals may outlive the evaluation's frame.</summary>
    public bool Captures { get; private set; }

    public FeelCode Compile(FeelSyntax syntax) => Compile(syntax, tolerant: false);

    public FeelCode CompileTests(FeelUnaryTests tests)
    {
        // The tested value itself may be null: whether that is an error is for each test to say.
        var input = Resolve("?", _bindings.Count - 1);
        return new UnaryTestsCode(
            _strict && tests.Tests.Count > 0 && !tests.Tests.Any(MentionsNull) ? new RequiredCode(input, "?", null, tests.At) : input,
            tests.Negated,
            [.. tests.Tests.Select(t => CompileTest(t, cell: true))]);
    }

    /// <summary>An expression whose null is for others to judge.</summary>
    public FeelCode CompileTolerant(FeelSyntax syntax) => Compile(syntax, tolerant: true);

    /// <summary>The tests of a cell over the value in slot 0.</summary>
    public FeelTestSet CompileTestSet(FeelUnaryTests tests)
    {
        Bind("?");
        return new FeelTestSet([.. tests.Tests.Select(t => CompileTest(t, cell: true))], tests.Negated);
    }

    private static bool MentionsNull(FeelSyntax test) => test switch
    {
        FeelLiteral literal => literal.Value.IsNull,
        FeelUnaryComparison comparison => MentionsNull(comparison.Operand),
        _ => MentionsName(test, "?"),
    };

    private FeelCode Compile(FeelSyntax syntax, bool tolerant)
    {
        var code = CompileCore(syntax, tolerant);
        return syntax.Depth % GuardEvery == 0 ? new GuardCode(code) : code;
    }

    private FeelCode CompileCore(FeelSyntax syntax, bool tolerant)
    {
        switch (syntax)
        {
            case FeelLiteral literal:
                return new ConstantCode(literal.Value);
            case FeelNameRef name:
                return Required(Resolve(name.Name, _bindings.Count - 1), name, tolerant);
            case FeelPath path:
                return Required(new PathCode(Compile(path.Source, tolerant), path.Name), path, tolerant);
            case FeelDescendants descendants:
                return new DescendantsCode(Compile(descendants.Source, tolerant), descendants.Name, _strict, descendants.At);
            case FeelFilter filter:
                return CompileFilter(filter);
            case FeelCall call:
                return CompileCall(call);
            case FeelBinary binary:
                return CompileBinary(binary);
            case FeelNegate negate:
                return new NegateCode(Compile(negate.Operand), _strict, negate.At);
            case FeelBetween between:
                return new BetweenCode(Compile(between.Value), Compile(between.Low), Compile(between.High), _strict, between.At);
            case FeelIn test:
                return new InCode(Compile(test.Value, test.Tests.Any(MentionsNull)), [.. test.Tests.Select(t => CompileTest(t, cell: false))]);
            case FeelInstanceOf instance:
                return new InstanceOfCode(Compile(instance.Value, tolerant: true), instance.Type);
            case FeelIf condition:
                return new IfCode(Compile(condition.Condition), Compile(condition.Then, tolerant), Compile(condition.Else, tolerant), _strict, condition.At);
            case FeelFor loop:
                return CompileFor(loop);
            case FeelQuantified quantified:
                return CompileQuantified(quantified);
            case FeelFunctionLiteral function:
                return CompileFunction(function);
            case FeelListLiteral list:
                return CompileList(list);
            case FeelContextLiteral context:
                return CompileContext(context);
            case FeelInterval interval:
                return new IntervalCode(interval.LowIncluded, Compile(interval.Low), Compile(interval.High), interval.HighIncluded, _strict, interval.At);
            case FeelUnaryComparison open:
                return new OpenRangeCode(open.Operator, Compile(open.Operand), _strict, open.At);
            case FeelUnaryTests tests:
                return CompileTests(tests);
            default:
                throw new InvalidOperationException($"No code for {syntax.GetType().Name}.");
        }
    }

    private FeelCode Required(FeelCode code, FeelSyntax syntax, bool tolerant)
    {
        if (!_strict)
        {
            return code;
        }

        FeelType? declared = null;
        if (syntax is FeelNameRef name && code is InputCode)
        {
            _types?.Names.TryGetValue(name.Name, out declared);
        }

        return tolerant ? code : new RequiredCode(code, FeelPrinter.Print(syntax), declared is { Kind: not null } ? declared : null, syntax.At);
    }

    private FeelCode Resolve(string name, int from)
    {
        for (var i = from; i >= 0; i--)
        {
            var binding = _bindings[i];
            if (binding.Name == name)
            {
                return new LocalCode(_level - binding.Level, binding.Slot);
            }

            if (binding.Name is null)
            {
                var item = new LocalCode(_level - binding.Level, binding.Slot);
                return name == "item" ? new FilterNameCode(item, name, item) : new FilterNameCode(item, name, Resolve(name, i - 1));
            }
        }

        var builtIn = FeelBuiltIns.Find(name);
        var declared = _types is not null && _types.Names.ContainsKey(name);
        if (declared || (builtIn is null && _filters == 0))
        {
            _free.Add(name);
        }

        return new InputCode(name, FeelValue.Of(builtIn));
    }

    private bool IsLocal(string name)
    {
        foreach (var binding in _bindings)
        {
            if (binding.Name == name)
            {
                return true;
            }
        }

        return false;
    }

    private int Bind(string? name)
    {
        _bindings.Add(new Binding(name, _level, _slots));
        return _slots++;
    }

    private FilterCode CompileFilter(FeelFilter filter)
    {
        var source = Compile(filter.Source);
        var mark = _bindings.Count;
        var slot = Bind(null);
        _filters++;
        var condition = Compile(filter.Condition);
        _filters--;
        _bindings.RemoveRange(mark, _bindings.Count - mark);
        return new FilterCode(source, condition, slot, _strict, filter.At);
    }

    private FeelCode CompileCall(FeelCall call)
    {
        var arguments = call.Arguments.Select(a => Compile(a.Value, TakesNull(call))).ToArray();
        var names = call.Arguments.Count > 0 && call.Arguments[0].Name is not null ? call.Arguments.Select(a => a.Name!).ToArray() : null;
        if (call.Target is not FeelNameRef { Name: var name } || IsLocal(name) || DeclaredFunction(name) || FeelBuiltIns.Find(name) is not { } builtIn)
        {
            return new CallCode(Compile(call.Target, tolerant: true), (call.Target as FeelNameRef)?.Name, arguments, names, _strict, call.At);
        }

        if (builtIn.Choose(arguments.Length, names) is not { } chosen)
        {
            return _strict
                ? throw FeelException.At(call.At, "feel-call", $"{name}() does not take these arguments. It is called as {builtIn.Usage}.")
                : new ConstantCode(FeelValue.Null);
        }

        if (chosen.Order is { } order)
        {
            var arranged = new FeelCode[chosen.Count];
            Array.Fill(arranged, new ConstantCode(FeelValue.Null));
            for (var i = 0; i < order.Length; i++)
            {
                arranged[order[i]] = arguments[i];
            }

            arguments = arranged;
        }

        var code = new BuiltInCallCode(chosen.Overload, arguments, call.At);
        return Folds.Contains(name) && Array.TrueForAll(arguments, a => a is ConstantCode) && Fold(code) is { IsNull: false } value ? new ConstantCode(value) : code;
    }

    /// <summary>The value of a call with constant arguments; null when it has none, or raises an error that belongs to the evaluation.</summary>
    private static FeelValue Fold(BuiltInCallCode code)
    {
        var frame = new FeelFrame(new FeelRun(), null, []);
        frame.Run.Start(FeelOptions.Default, null, null);
        return code.Run(frame);
    }

    /// <summary>Functions that are asked about null.</summary>
    private static bool TakesNull(FeelCall call) => call.Target is FeelNameRef { Name: "is" or "get or else" or "list contains" or "index of" or "append" };

    private bool DeclaredFunction(string name) => _types is not null && _types.Names.TryGetValue(name, out var type) && type.Kind is null or FeelKind.Function
        && _types.Names.ContainsKey(name);

    private FeelCode CompileBinary(FeelBinary binary)
    {
        var op = binary.Operator;
        if (op is FeelOperator.And or FeelOperator.Or)
        {
            var first = Compile(binary.Left);
            var second = Compile(binary.Right);
            return op == FeelOperator.And ? new AndCode(first, second, _strict, binary.At) : new OrCode(first, second, _strict, binary.At);
        }

        var equality = op is FeelOperator.Equal or FeelOperator.NotEqual;
        var left = Compile(binary.Left, equality && binary.Right is FeelLiteral { Value.IsNull: true });
        var right = Compile(binary.Right, equality && binary.Left is FeelLiteral { Value.IsNull: true });
        if (op is FeelOperator.Add or FeelOperator.Subtract or FeelOperator.Multiply or FeelOperator.Divide or FeelOperator.Power)
        {
            return new ArithmeticCode(op, left, right, _strict, binary.At);
        }

        return right is ConstantCode { Value.IsNumber: true } constant
            ? new CompareNumberCode(op, left, constant.Value.Number, _strict, binary.At)
            : new CompareCode(op, left, right, _strict, binary.At);
    }

    private FeelTestCode CompileTest(FeelSyntax test, bool cell) => test switch
    {
        FeelUnaryComparison comparison => new ComparisonTestCode(comparison.Operator, Compile(comparison.Operand), _strict, comparison.At),
        FeelInterval interval => new IntervalTestCode(interval.LowIncluded, Compile(interval.Low), Compile(interval.High), interval.HighIncluded, _strict, interval.At),
        _ => new ValueTestCode(Compile(test), cell && MentionsName(test, "?"), test is FeelNameRef { Name: "?" }),
    };

    private IteratorCode[] CompileIterators(IReadOnlyList<FeelIterator> iterators)
    {
        var result = new IteratorCode[iterators.Count];
        for (var i = 0; i < result.Length; i++)
        {
            var source = Compile(iterators[i].Source);
            var until = iterators[i].Until is { } end ? Compile(end) : null;
            result[i] = new IteratorCode(Bind(iterators[i].Name), source, until);
        }

        return result;
    }

    private ForCode CompileFor(FeelFor loop)
    {
        var mark = _bindings.Count;
        var iterators = CompileIterators(loop.Iterators);
        var partial = MentionsName(loop.Return, "partial") ? Bind("partial") : -1;
        var result = Compile(loop.Return);
        _bindings.RemoveRange(mark, _bindings.Count - mark);
        return new ForCode(iterators, result, partial, _strict, loop.At);
    }

    private QuantifiedCode CompileQuantified(FeelQuantified quantified)
    {
        var mark = _bindings.Count;
        var iterators = CompileIterators(quantified.Iterators);
        var condition = Compile(quantified.Condition);
        _bindings.RemoveRange(mark, _bindings.Count - mark);
        return new QuantifiedCode(quantified.Every, iterators, condition, _strict, quantified.At);
    }

    private FeelCode CompileFunction(FeelFunctionLiteral function)
    {
        if (function.External)
        {
            // Functions of another platform are never run; the value is null, as for any expression that cannot be evaluated.
            return _strict
                ? throw FeelException.At(function.At, "feel-external", "External functions are not run: an expression reaches nothing beyond its inputs.")
                : new ConstantCode(FeelValue.Null);
        }

        Captures = true;
        var mark = _bindings.Count;
        var outerSlots = _slots;
        _level++;
        _slots = 0;
        foreach (var parameter in function.Parameters)
        {
            Bind(parameter.Name);
        }

        var body = Compile(function.Body);
        var slots = _slots;
        _level--;
        _slots = outerSlots;
        _bindings.RemoveRange(mark, _bindings.Count - mark);
        var type = (FeelFunctionType)new FeelCheckPass(_options).Infer(function);
        return new FunctionCode(function, body, slots, type);
    }

    private FeelCode CompileList(FeelListLiteral list)
    {
        var items = list.Items.Select(i => Compile(i)).ToArray();
        return Array.TrueForAll(items, i => i is ConstantCode)
            ? new ConstantCode(FeelValue.Of(new FeelList([.. items.Select(i => ((ConstantCode)i).Value)])))
            : new ListCode(items);
    }

    private FeelCode CompileContext(FeelContextLiteral context)
    {
        if (context.Entries.Select(e => e.Key).Distinct(StringComparer.Ordinal).Count() != context.Entries.Count)
        {
            return _strict
                ? throw FeelException.At(context.At, "feel-context", "A context cannot have the same key twice.")
                : new ConstantCode(FeelValue.Null);
        }

        var mark = _bindings.Count;
        var values = new FeelCode[context.Entries.Count];
        var slots = new int[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Compile(context.Entries[i].Value);
            slots[i] = Bind(context.Entries[i].Key);
        }

        _bindings.RemoveRange(mark, _bindings.Count - mark);
        return new ContextCode([.. context.Entries.Select(e => e.Key)], values, slots);
    }

    private static bool MentionsName(FeelSyntax syntax, string name) => FeelWalker.Any(syntax, s => s is FeelNameRef reference && reference.Name == name);

    /// <summary>A name in force; no name marks the item of a filter, whose entries are names.</summary>
    private sealed record Binding(string? Name, int Level, int Slot);
}
