using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Sets a variable.</summary>
internal sealed class SetVariableBehavior : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        var reference = ExpressionEvaluator.ReferenceOf(instance.Node.Json["variable"])
            ?? throw new EngineFault($"'{instance.Node.Title}' does not say which variable to set.");
        engine.Assign(instance.Parent!, reference, engine.Input(instance, "value"));
        engine.Complete(instance);
    }
}

/// <summary>Names the process.</summary>
internal sealed class SetNameBehavior : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        engine.Name = engine.TextInput(instance, "value") ?? "";
        engine.Complete(instance);
    }
}

/// <summary>Gives the process its correlation id.</summary>
internal sealed class CorrelateBehavior : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        engine.CorrelationId = engine.TextInput(instance, "correlationId");
        engine.Complete(instance);
    }
}

/// <summary>Writes a line.</summary>
internal sealed class WriteLineBehavior : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        engine.Host.WriteLine(engine.TextInput(instance, "text") ?? "");
        engine.Complete(instance);
    }
}

/// <summary>Sets an output of the definition.</summary>
internal sealed class SetOutputBehavior : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        var name = engine.RequiredText(instance, "outputName");
        var frame = instance.Frame;
        var declared = frame.Plan.Outputs.FirstOrDefault(output => string.Equals(output.Name, name, StringComparison.OrdinalIgnoreCase));
        var value = Values.ConvertTo(engine.Input(instance, "outputValue"), declared is null ? null : declared.IsArray ? declared.TypeName + "[]" : declared.TypeName);
        frame.Outputs[declared?.Name ?? name] = Values.Copy(value);
        engine.Complete(instance);
    }
}

/// <summary>Runs a script; its value is the result, <c>setOutcome</c> chooses the outcome.</summary>
internal sealed class ScriptBehavior(string language) : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        var script = engine.TextInput(instance, language == "Liquid" ? "template" : "script") ?? engine.TextInput(instance, "script") ?? "";
        var scope = new ExpressionScope(engine, instance);
        var result = ExpressionEvaluator.Evaluate(new DefinitionExpression(language, JsonValue.Create(script)), scope);
        engine.SetOutput(instance, "result", result);
        engine.Complete(instance, scope.Outcomes.Count == 0 ? ["Done"] : scope.Outcomes);
    }
}
