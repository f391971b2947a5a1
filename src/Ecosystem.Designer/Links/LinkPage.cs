using System.Text.Json.Nodes;
using Ecosystem.Designer.Components.Forms;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Tasks;

namespace Ecosystem.Designer.Links;

/// <summary>What the page of a signed link shows.</summary>
/// <param name="Task">The task; null when the link opens nothing.</param>
/// <param name="Form">Its form.</param>
/// <param name="Known">What is known of the form already.</param>
/// <param name="Values">What the fields hold.</param>
/// <param name="Comment">What the comment field holds.</param>
/// <param name="Address">Where the form is posted: the address it was opened at.</param>
/// <param name="Refusals">What was wrong with the last post, or why the link opens nothing.</param>
internal sealed record LinkPage(TaskView? Task, FormSchema Form, JsonObject Known, JsonObject Values, string? Comment, string Address, IReadOnlyList<Refusal> Refusals)
{
    /// <summary>Whether the answer was just taken.</summary>
    public bool IsDone { get; init; }
}
