namespace Ecosystem.Rules.Feel;

/// <summary>Calls a built-in function chosen when the expression was compiled.</summary>
internal sealed class BuiltInCallCode(FeelBuiltIn.Overload overload, FeelCode[] arguments, FeelPosition at) : FeelCode
{
    public override FeelValue Run(FeelFrame frame)
    {
        var values = new FeelValue[arguments.Length];
        long work = 1;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = arguments[i].Run(frame);
            work += values[i].Reference switch
            {
                FeelList list => list.Count,
                string text => text.Length >> 6,
                _ => 0,
            };
        }

        var run = frame.Run;
        run.Step(work);
        run.At = at;
        try
        {
            return overload.Body(run, values);
        }
        catch (OverflowException)
        {
            return run.Strict ? throw FeelException.At(at, "feel-number", "The result is outside what a decimal holds (28 digits).") : FeelValue.Null;
        }
    }
}

/// <summary>Calls whatever function a value is.</summary>
internal sealed class CallCode(FeelCode target, string? name, FeelCode[] arguments, string[]? names, bool strict, FeelPosition at) : FeelCode
{
    public override FeelValue Run(FeelFrame frame)
    {
        var called = target.Run(frame);
        var values = new FeelValue[arguments.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = arguments[i].Run(frame);
        }

        if (called.Function is not { } function)
        {
            return strict
                ? throw FeelException.At(at, "feel-name", name is null ? $"{FeelNaming.Short(called)} is not a function." : $"There is no function '{name}'.")
                : FeelValue.Null;
        }

        frame.Run.At = at;
        if (names is null)
        {
            return function.Invoke(frame.Run, values);
        }

        return function.Arrange(names, values) is { } arranged
            ? function.Invoke(frame.Run, arranged)
            : frame.Run.Fail(function.ToString(), $"the arguments {string.Join(", ", function.Parameters)}");
    }
}
