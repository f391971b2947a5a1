using System.Text.Json.Nodes;
using Ecosystem.Designer.Components;
using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Designer.Elsa;

/// <summary>
/// Descriptors of the activities that Elsa itself has and our interpreter runs. What every process needs stands under "Flow";
/// the technical ones stand under "Advanced". The interpreter's own steps (human task, approval, waiting) are described here as well.
/// </summary>
internal static class ElsaActivities
{
    private const string Flow = "Flow";
    private const string Advanced = "Advanced";
    private const string People = "People";
    private const string Waiting = "Waiting";

    private static readonly PortDescriptor Done = new("Done", "Done");

    /// <summary>All of them, with the live lists filled in.</summary>
    /// <param name="lists">Gives the choices of a live list by its name.</param>
    public static IEnumerable<ActivityDescriptor> All(Func<string, IReadOnlyList<string>> lists) =>
    [
        .. FlowActivities(),
        .. PeopleActivities(lists),
        .. DataActivities(),
        .. LoopActivities(),
        .. EventActivities(),
        .. CompositionActivities(),
        .. HttpActivities(),
    ];

    private static IEnumerable<ActivityDescriptor> FlowActivities() =>
    [
        Of("Elsa.Flowchart", Advanced, "A canvas of activities joined by connections.") with { IsContainer = true, Ports = [] },
        Of("Elsa.Sequence", Advanced, "Runs activities one after the other.") with { IsContainer = true },
        Of("Elsa.Start", Flow, "Where the process starts.") with { IsStart = true },
        Of("Elsa.End", Flow, "Ends this path; the process ends when no path is left.") with { IsTerminal = true, Ports = [] },
        Of("Elsa.Finish", Flow, "Ends the whole process at once.") with { IsTerminal = true, Ports = [] },
        Of("Elsa.Complete", Advanced, "Completes the enclosing composite with outcomes.", In("Outcomes", "Object", "outcome-picker")) with { IsTerminal = true, Ports = [] },
        Of("Elsa.Fault", Advanced, "Ends with an error.", In("Code"), In("Category"), In("FaultType"), In("Message", "String", "multiline")) with { IsTerminal = true, Ports = [] },
        Of("Elsa.FlowDecision", Flow, "Goes one of two ways by a condition.", In("Condition", "Boolean", "checkbox") with { DefaultSyntax = "JavaScript" })
            with { DisplayName = "Decision", Ports = [new("True", "True"), new("False", "False")] },
        Of("Elsa.FlowSwitch", Flow, "Goes the way of the first case that holds, or of all.", In("Cases", "Object", "flow-switch-editor") with { IsWrapped = false }, Choice("Mode", ["MatchFirst", "MatchAny"]))
            with { DisplayName = "Switch", Ports = [new("Default", "Default")] },
        Of("Elsa.FlowFork", Flow, "Goes several ways at once.", Outcomes("Branches", "Names of the ways; each is an outcome.")) with { DisplayName = "Fork", Ports = [] },
        Of("Elsa.FlowJoin", Flow, "Waits for all ways, or for the first.", Choice("Mode", ["WaitAll", "WaitAny"])) with { DisplayName = "Join" },
        Of("Elsa.If", Advanced, "Runs one of two inner activities.", In("Condition", "Boolean", "checkbox") with { DefaultSyntax = "JavaScript" })
            with { Outputs = [Out("Result", "Boolean")], Ports = [Embedded("Then"), Embedded("Else"), Done] },
        Of("Elsa.Switch", Advanced, "Runs the inner activity of the case that holds.", In("Cases", "Object", "switch-editor") with { IsWrapped = false }, Choice("Mode", ["MatchFirst", "MatchAny"]))
            with { Ports = [Embedded("Default"), Done] },
        Of("Elsa.Fork", Advanced, "Runs inner branches side by side.", Choice("JoinMode", ["WaitAny", "WaitAll"])) with { IsContainer = true },
        Of("Elsa.Parallel", Advanced, "Runs all inner activities side by side and waits for them.") with { IsContainer = true },
        Of("Elsa.Break", Advanced, "Leaves the innermost loop.") with { Ports = [] },
        Of("Elsa.Workflow", Advanced, "A whole process.") with { IsContainer = true, IsBrowsable = false, Ports = [] },
        Of("Elsa.FlowNode", Advanced, "An activity inside a flowchart.") with { IsBrowsable = false, Ports = [Embedded("Body"), Done] },
        Of("Elsa.Container", Advanced, "Runs activities one after the other.") with { IsContainer = true, IsBrowsable = false },
        Of("Elsa.Join", Advanced, "Waits for all branches, or for the first.", Choice("Mode", ["WaitAll", "WaitAny"])) with { IsBrowsable = false },
    ];

    private static IEnumerable<ActivityDescriptor> PeopleActivities(Func<string, IReadOnlyList<string>> lists) =>
    [
        Of(
            "Ecosystem.HumanTask", People, "Has a person do or decide something. The process goes on with the outcome the person chooses.",
            [.. TaskInputs(lists, Outcomes("Outcomes", "Outcomes one can choose, for example Approve and Reject. Timeout is used when a timeout is set.", "Timeout"))])
            with { Icon = "person", ConstructionProperties = Start("outcomes", "[\"Done\"]"), DisplayName = "Human task", Kind = "Task", Ports = [], Outputs = [Out("Outcome", "String"), Out("Data"), Out("Comment", "String"), Out("CompletedBy", "String")] },
        Of(
            "Ecosystem.Approval", People, "Has people approve: as many as the quorum says, each a different person. The first who rejects ends it.",
            [
                .. TaskInputs(lists, In("Outcomes", "Object", "multitext") with { Description = "Outcomes of each approver; Approve and Reject when empty.", DefaultSyntax = "Object" }),
                In("Quorum", "Int32") with { Description = "How many must approve.", Order = 20 },
                In("DistinctRoles", "Boolean", "checkbox") with { DisplayName = "Distinct roles", Description = "One approval of each role.", Order = 21 },
                Choice("Order", ["parallel", "sequence"]) with { Description = "Side by side or one after the other.", Order = 22 },
                In("Amount", "Decimal") with { Description = "The amount that is approved, when more is to be approved by more people.", DefaultSyntax = "JavaScript", Order = 23 },
                In("Thresholds", "Object", "json-editor")
                    with { Description = "From which amount on how many must approve: [{\"above\": 100000, \"quorum\": 2}, …]. The largest quorum that applies counts.", DefaultSyntax = "Object", Order = 24 },
            ])
            with
            {
                Icon = "how_to_reg", Kind = "Task", Ports = [new("Approved", "Approved"), new("Rejected", "Rejected"), new("Timeout", "Timeout")],
                Outputs = [Out("Outcome", "String"), Out("Data"), Out("Comment", "String"), Out("Approvers")],
            },
        Of("Elsa.RunTask", Advanced, "Raises a task for another program and waits until it is reported complete.", In("TaskName"), In("Payload", "Object", "json-editor") with { DefaultSyntax = "JavaScript" })
            with { Kind = "Task", Outputs = [Out("Result")] },
        Of(
            "Ecosystem.WaitForEvent", Waiting, "Waits for something to happen to the case, for example that the deal is closed, or for a time to pass.",
            Outcomes("Events", "Names of the events; each is an outcome.", "Timeout"),
            In("Timeout") with { Description = "For example P90D, or '3 business days'. The outcome is then Timeout." },
            In("Until") with { Description = "Waits at most until this time.", DefaultSyntax = "JavaScript" },
            Choice("Calendar", lists("calendars")) with { Description = "Business calendar of a timeout in business time." })
            with { Icon = "hourglass_top", DisplayName = "Wait for event", Ports = [], Outputs = [Out("Event", "String"), Out("Data")] },
        Of(
            "Ecosystem.WaitUntil", Waiting, "Waits for a date or for business time to pass.",
            In("Until") with { DefaultSyntax = "JavaScript", Description = "The time." },
            In("Duration") with { Description = "For example P3D or '2 business days'." },
            In("From") with { Description = "When the duration begins; now when empty.", DefaultSyntax = "JavaScript" },
            Choice("Calendar", lists("calendars")))
            with { Icon = "schedule", DisplayName = "Wait until" },
        Of("Ecosystem.SetStage", People, "Says in plain words where the case stands; partners read it.", In("Stage"), In("WaitingFor") with { DisplayName = "Waiting for" }, In("What"))
            with { Icon = "flag", DisplayName = "Set stage" },
        Of("Elsa.Delay", Waiting, "Waits for a time span.", In("TimeSpan", "TimeSpan") with { DisplayName = "Time span" }),
        Of("Elsa.StartAt", Waiting, "Waits for a moment.", In("DateTime", "DateTimeOffset", "datetime-picker") with { DisplayName = "Date and time" }) with { Kind = "Trigger", DisplayName = "Start at" },
        Of("Elsa.Timer", Waiting, "Starts or goes on every time span.", In("Interval", "TimeSpan")) with { Kind = "Trigger" },
        Of("Elsa.Cron", Waiting, "Starts or goes on by a cron expression.", In("CronExpression") with { DisplayName = "Cron expression" }) with { Kind = "Trigger" },
    ];

    private static IEnumerable<InputDescriptor> TaskInputs(Func<string, IReadOnlyList<string>> lists, InputDescriptor outcomes) =>
    [
        In("Title") with { Description = "What people read in the inbox.", Order = 1 },
        In("Description", "String", "multiline") with { Description = "What is to be done and what to look at.", Order = 2 },
        In("TaskType") with { DisplayName = "Kind", Description = "Kind of task, for example deal.approve; segregation of duties goes by it.", Order = 3 },
        outcomes with { Order = 4 },
        List("Roles", lists("roles")) with { Description = "Whose members may take it.", Order = 5 },
        In("People", "Object", "multitext") with { Description = "People who may take it.", Order = 6 },
        In("Assignee") with { Description = "Who gets it at once.", Order = 7 },
        In("Partner") with { Description = "The partner who answers it, when not our own people.", DefaultSyntax = "JavaScript", Order = 8 },
        In("Excluded", "Object", "multitext") with { Description = "People who must not decide, for example who registered the deal.", DefaultSyntax = "JavaScript", Order = 9 },
        In("Form", "Object", "json-editor") with { Description = "JSON Schema of the form.", DefaultSyntax = "Object", Order = 10 },
        In("Context", "Object", "json-editor") with { Description = "Facts shown beside the form.", DefaultSyntax = "JavaScript", Order = 11 },
        In("Due") with { Description = "For example '48 business hours' or P3D.", Order = 12 },
        In("Timeout") with { Description = "When set and passed, the outcome is Timeout.", Order = 13 },
        Choice("Calendar", lists("calendars")) with { Description = "Business calendar of due and timeout.", Order = 14 },
        In("Priority", "Int32") with { Description = "1 (first) to 5 (last).", Order = 15 },
        In("DefaultOutcome") with { DisplayName = "Outcome by default", Description = "With which it ends when nobody answers in three times the time; never a rejection. Empty: it stays with the head of channel.", Order = 16 },
    ];

    private static IEnumerable<ActivityDescriptor> DataActivities() =>
    [
        Of("Elsa.SetVariable", Advanced, "Gives a variable a value.", In("Variable", "Variable", "variable-picker") with { IsWrapped = false }, In("Value", "Object", "singleline")) with { DisplayName = "Set variable" },
        Of("Elsa.SetOutput", Advanced, "Gives an output of the process a value.", In("OutputName", "String", "output-picker") with { DisplayName = "Output" }, In("OutputValue", "Object") with { DisplayName = "Value" })
            with { DisplayName = "Set output" },
        Of("Elsa.SetName", Advanced, "Names the instance.", In("Value")) with { DisplayName = "Set name" },
        Of("Elsa.Correlate", Advanced, "Gives the instance a correlation id.", In("CorrelationId") with { DisplayName = "Correlation id" }),
        Of("Elsa.WriteLine", Advanced, "Writes a line to the journal.", In("Text", "String", "multiline")) with { DisplayName = "Write line" },
        Of("Elsa.RunJavaScript", Advanced, "Runs JavaScript.", In("Script", "String", "code-editor") with { DefaultSyntax = "JavaScript" }, Outcomes("PossibleOutcomes", "The outcomes the script can set.", "Done"))
            with { Ports = [], DisplayName = "Run JavaScript", Outputs = [Out("Result")] },
        Of("Elsa.RunCSharp", Advanced, "C# does not run here; write the script in JavaScript.", In("Script", "String", "code-editor")) with { DisplayName = "Run C#", IsBrowsable = false },
        Of("Elsa.RunPython", Advanced, "Python does not run here; write the script in JavaScript.", In("Script", "String", "code-editor")) with { DisplayName = "Run Python", IsBrowsable = false },
        Of("Elsa.RunLiquid", Advanced, "Renders a Liquid template.", In("Template", "String", "code-editor") with { DefaultSyntax = "Liquid" }) with { DisplayName = "Run Liquid", Outputs = [Out("Result")] },
    ];

    private static IEnumerable<ActivityDescriptor> LoopActivities() =>
    [
        Of("Elsa.For", Advanced, "Counts from start to end.", In("Start", "Int32"), In("End", "Int32"), In("Step", "Int32"), In("OuterBoundInclusive", "Boolean", "checkbox"))
            with { Outputs = [Out("CurrentValue", "Object")], Ports = [Embedded("Body"), Done] },
        Of("Elsa.ForEach", Advanced, "Runs the body for each item.", In("Items", "Object", "multitext") with { DefaultSyntax = "JavaScript" }) with { DisplayName = "For each", Outputs = [Out("CurrentValue")], Ports = [Embedded("Body"), Done] },
        Of("Elsa.ParallelForEach", Advanced, "Runs the body for all items side by side.", In("Items", "Object", "multitext") with { DefaultSyntax = "JavaScript" }) with { DisplayName = "Parallel for each", Ports = [Embedded("Body"), Done] },
        Of("Elsa.While", Advanced, "Runs the body while a condition holds.", In("Condition", "Boolean", "checkbox") with { DefaultSyntax = "JavaScript" }) with { Ports = [Embedded("Body"), Done] },
    ];

    private static IEnumerable<ActivityDescriptor> EventActivities() =>
    [
        Of("Elsa.Event", Waiting, "Starts with, or waits for, an event by its name.", In("EventName") with { DisplayName = "Event name" }) with { Kind = "Trigger", Outputs = [Out("Result")] },
        Of("Elsa.PublishEvent", Advanced, "Raises an event.", In("EventName") with { DisplayName = "Event name" }, In("CorrelationId"), In("IsLocalEvent", "Boolean", "checkbox"), In("Payload", "Object", "json-editor") with { DefaultSyntax = "JavaScript" })
            with { DisplayName = "Publish event" },
    ];

    private static IEnumerable<ActivityDescriptor> CompositionActivities() =>
    [
        Of("Elsa.DispatchWorkflow", Advanced, "Starts another process, and waits for it when asked to.", [.. ChildInputs()]) with { DisplayName = "Dispatch workflow", Outputs = [Out("Result")] },
        Of("Elsa.ExecuteWorkflow", Advanced, "Runs another process and goes on when it ends.", [.. ChildInputs()]) with { DisplayName = "Execute workflow", Outputs = [Out("Result")] },
        Of("Elsa.BulkDispatchWorkflows", Advanced, "Starts another process for each item.", [.. ChildInputs(), In("Items", "Object", "multitext") with { DefaultSyntax = "JavaScript" }])
            with { DisplayName = "Bulk dispatch workflows", Ports = [new("Completed", "Completed"), Done] },
    ];

    private static IEnumerable<InputDescriptor> ChildInputs() =>
    [
        In("WorkflowDefinitionId", "String", "workflow-definition-picker") with { DisplayName = "Process" },
        In("CorrelationId") with { DisplayName = "Correlation id" },
        In("Input", "Object", "json-editor") with { DefaultSyntax = "JavaScript" },
        In("WaitForCompletion", "Boolean", "checkbox") with { DisplayName = "Wait for completion" },
    ];

    private static IEnumerable<ActivityDescriptor> HttpActivities() =>
    [
        Of("Elsa.HttpEndpoint", Advanced, "Starts with, or waits for, an HTTP request.", In("Path") with { Description = "Below /workflows/, for example orders/{id}." }, List("SupportedMethods", ["GET", "POST", "PUT", "PATCH", "DELETE"]) with { DisplayName = "Methods" },
            In("Authorize", "Boolean", "checkbox") with { Description = "Only for callers who are signed in or have a key." })
            with { DisplayName = "HTTP endpoint", Kind = "Trigger", Outputs = [Out("ParsedContent"), Out("QueryStringData"), Out("RouteData"), Out("Headers")] },
        Of("Elsa.SendHttpRequest", Advanced, "Calls another system.", [.. RequestInputs()]) with { DisplayName = "HTTP request", Kind = "Task", Outputs = [Out("StatusCode", "Int32"), Out("ParsedContent"), Out("ResponseHeaders")] },
        Of("Elsa.FlowSendHttpRequest", Advanced, "Calls another system and goes on by status.", [.. RequestInputs(), In("ExpectedStatusCodes", "Object", "http-status-codes") with { DisplayName = "Expected status codes" }])
            with { DisplayName = "HTTP request (flow)", Kind = "Task", Outputs = [Out("StatusCode", "Int32"), Out("ParsedContent"), Out("ResponseHeaders")] },
        Of("Elsa.WriteHttpResponse", Advanced, "Answers the request that started the process.", In("StatusCode", "Int32") with { DisplayName = "Status code" }, In("Content", "Object", "multiline"),
            Choice("ContentType", ["text/plain", "text/html", "application/json", "application/xml"]) with { DisplayName = "Content type" },
            In("ResponseHeaders", "Object", "json-editor") with { DisplayName = "Headers", DefaultSyntax = "Object" })
            with { DisplayName = "HTTP response" },
    ];

    private static IEnumerable<InputDescriptor> RequestInputs() =>
    [
        In("Url", "String"),
        Choice("Method", ["GET", "POST", "PUT", "PATCH", "DELETE"]),
        In("Content", "Object", "multiline"),
        In("ContentType") with { DisplayName = "Content type" },
        In("Authorization"),
        In("RequestHeaders", "Object", "json-editor") with { DisplayName = "Headers" },
        .. Limits(new WorkflowStepAttribute("Elsa.SendHttpRequest") { MaxAttempts = 3, TimeoutSeconds = 120 }),
    ];

    private static ActivityDescriptor Of(string type, string category, string description, params InputDescriptor[] inputs) => new()
    {
        TypeName = type,
        Category = category,
        DisplayName = type[(type.LastIndexOf('.') + 1)..],
        Description = description,
        Inputs = inputs,
        Ports = [Done],
    };

    /// <summary>An input edited as an expression.</summary>
    internal static InputDescriptor In(string name, string type = "String", string hint = "singleline") =>
        new() { Name = name, TypeName = type, DisplayName = Words.Of(name), UIHint = hint };

    /// <summary>An input with one of fixed values.</summary>
    internal static InputDescriptor Choice(string name, IReadOnlyList<string> values) => In(name, "String", "dropdown") with
    {
        UISpecifications = new JsonObject
        {
            ["dropdown"] = new JsonObject
            {
                ["selectList"] = new JsonObject
                {
                    ["items"] = new JsonArray([.. values.Select(value => new JsonObject { ["text"] = value, ["value"] = value })]),
                    ["isFlagsEnum"] = false,
                },
            },
        },
    };

    /// <summary>An input with any of fixed values.</summary>
    internal static InputDescriptor List(string name, IReadOnlyList<string> values) => In(name, "Object", "checklist") with
    {
        DefaultSyntax = "Object",
        UISpecifications = new JsonObject
        {
            ["checklist"] = new JsonObject
            {
                ["checkList"] = new JsonObject
                {
                    ["items"] = new JsonArray([.. values.Select(value => new JsonObject { ["text"] = value, ["value"] = value, ["isChecked"] = false })]),
                },
            },
        },
    };

    /// <summary>The inputs that say how a step is carried out, not what it does.</summary>
    internal static IEnumerable<InputDescriptor> Limits(WorkflowStepAttribute step) =>
    [
        In(char.ToUpperInvariant(StepLimits.Attempts[0]) + StepLimits.Attempts[1..], "Int32") with
        {
            DisplayName = "Attempts", Category = "When it fails", Order = 90, Description = $"How often it is tried before somebody has to decide, 1 to 100; {step.MaxAttempts} when empty.",
        },
        In(char.ToUpperInvariant(StepLimits.Duration[0]) + StepLimits.Duration[1..]) with
        {
            DisplayName = "Time limit", Category = "When it fails", Order = 91, Description = $"How long one attempt may take, 1 second to 1 hour, for example PT30S; {step.TimeoutSeconds} seconds when empty.",
        },
    ];

    /// <summary>An input whose values are outcomes, besides those that are always there.</summary>
    internal static InputDescriptor Outcomes(string name, string description, params string[] always) => In(name, "Object", "dynamic-outcomes") with
    {
        Description = description,
        DefaultSyntax = "Object",
        UISpecifications = new JsonObject
        {
            ["DynamicOutcomesOptions"] = new JsonObject { ["fixedOutcomes"] = new JsonArray([.. always.Select(outcome => JsonValue.Create(outcome))]) },
        },
    };

    private static JsonObject Start(string input, string json) => new()
    {
        [input] = new JsonObject { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = "Object", ["value"] = json } },
    };

    private static OutputDescriptor Out(string name, string type = "Object") => new() { Name = name, DisplayName = Words.Of(name), TypeName = type };

    private static PortDescriptor Embedded(string name) => new(name, name, "Embedded");
}
