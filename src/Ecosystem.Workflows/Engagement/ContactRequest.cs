namespace Ecosystem.Workflows.Engagement;

/// <summary>A message that somebody wants to send to a person.</summary>
/// <param name="PersonId">The id of the person.</param>
/// <param name="Category"><c>legal</c>, <c>finance</c>, <c>security</c>, <c>task</c>, <c>reminder</c>, <c>status</c>, <c>coaching</c> or <c>marketing</c>.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="QuietHours">It is night, a weekend or a holiday where the person is.</param>
/// <param name="DueInHours">Business hours until the task that the message is about is due, or null.</param>
/// <param name="OptedOut">The person does not want messages of this category.</param>
public sealed record ContactRequest(string PersonId, string Category, Subject Subject, bool QuietHours = false, decimal? DueInHours = null, bool OptedOut = false);
