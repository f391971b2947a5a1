using Microsoft.Playwright;

namespace Ecosystem.EndToEnd.Tests;

/// <summary>What people do on the site, in their words; each step waits until the page shows that it was done.</summary>
internal static class Walk
{
    /// <summary>The password partners choose when they apply.</summary>
    public const string PartnerPassword = "a long enough one";

    /// <summary>Applies as a partner.</summary>
    /// <returns>The partner's id, as the page shows it.</returns>
    public static async Task<string> ApplyAsync(this Person visitor, Applicant applicant)
    {
        await visitor.OpenAsync("/apply", "Become a partner");
        await visitor.FillAsync(
            ("Registered name", applicant.Company), ("Web domain", applicant.Domain), ("City", applicant.Town), ("Tax or VAT number", applicant.VatNumber),
            ("Region you sell in", "DACH"), ("Industries", "manufacturing, retail"), ("Your name", applicant.Contact), ("Company e-mail", applicant.Email),
            ("Choose a password", PartnerPassword));
        await visitor.Page.GetByLabel("Country").SelectOptionAsync(applicant.Country);
        await visitor.ShootAsync("apply");
        await visitor.PressAsync("Apply");
        await visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Your application is in" }).WaitForAsync();
        await visitor.ShootAsync("applied");
        return (await visitor.Page.Locator("dl.facts code").InnerTextAsync()).Trim();
    }

    /// <summary>Opens the inbox, then the only task of this title.</summary>
    public static async Task OpenTaskAsync(this Person person, string title)
    {
        await person.OpenAsync("/inbox", "Inbox");
        await person.Page.GetByRole(AriaRole.Link, new() { Name = title }).First.ClickAsync();
        await person.HeadingAsync(title);
    }

    /// <summary>Answers a task of the inbox.</summary>
    public static async Task AnswerAsync(this Person person, string title, string outcome, params (string Label, string Text)[] fields)
    {
        await person.OpenTaskAsync(title);
        await person.FillAsync(fields);
        await person.ShootAsync("task-" + title.ToLowerInvariant().Replace(' ', '-').Replace("?", "", StringComparison.Ordinal));
        await person.PressAsync(outcome);
        await person.Page.GetByRole(AriaRole.Heading, new() { Name = "Answered", Exact = true }).WaitForAsync();
    }

    /// <summary>Registers a deal; ends on its page.</summary>
    /// <returns>The deal's id.</returns>
    public static async Task<string> RegisterAsync(this Person partner, string customer, string domain, string product, string amount, string evidence)
    {
        await partner.OpenAsync("/deals/new", "Register a deal");
        await partner.FillAsync(("Registered name", customer), ("Web domain", domain), ("Products", product), ("Estimated amount", amount), ("What shows that you work on it", evidence));
        await partner.Page.GetByLabel("Country").SelectOptionAsync("DE");
        await partner.ShootAsync("register-deal");
        await partner.PressAsync("Register");
        await partner.HeadingAsync(customer);
        return new Uri(partner.Page.Url).Segments[^1];
    }

    /// <summary>Waits until the open page shows a text.</summary>
    public static Task SeesAsync(this Person person, string text) => person.Page.GetByText(text).First.WaitForAsync();

    /// <summary>Checks where the case on the open page stands, and that its way can be read without scrolling on, however long the process is.</summary>
    public static async Task StandsAtAsync(this Person person, string step)
    {
        await person.Page.Locator("[aria-current=step] .step").GetByText(step).WaitForAsync();
        Assert.InRange((await person.Page.Locator(".where").BoundingBoxAsync())!.Height, 60, 600);
        Assert.True(await person.Page.Locator(".map-frame").IsHiddenAsync());
    }

    /// <summary>Where the first link of a text leads.</summary>
    public static async Task<string> FirstLinkAsync(this Person person, string text) =>
        (await person.Page.Locator("main").GetByRole(AriaRole.Link, new() { Name = text }).First.GetAttributeAsync("href"))!;

    /// <summary>Presses a button.</summary>
    public static Task PressAsync(this Person person, string button) => person.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>Fills fields by their labels; opens the part of the form that folds away what is known already.</summary>
    public static async Task FillAsync(this Person person, params (string Label, string Text)[] fields)
    {
        foreach (var (label, text) in fields)
        {
            var field = person.Page.Locator("main form").GetByLabel(label);
            await field.EvaluateAsync("field => { const fold = field.closest('details'); if (fold) fold.open = true; }");
            await field.FillAsync(text);
        }
    }
}
