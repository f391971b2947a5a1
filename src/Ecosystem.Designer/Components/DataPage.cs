using System.Security.Claims;
using Ecosystem.Designer.Identity;
using Ecosystem.Workflows;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;

namespace Ecosystem.Designer.Components;

/// <summary>What every page with data has: who looks at it, when it loads, how a command's refusal is shown.</summary>
public abstract class DataPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private TaskCompletionSource? _running;

    /// <summary>Makes the page.</summary>
    protected DataPage() => Ct = _left.Token;

    /// <summary>The sign-in.</summary>
    [CascadingParameter]
    protected Task<AuthenticationState> SignedIn { get; set; } = default!;

    /// <summary>Short messages at the foot of the page.</summary>
    [Inject]
    protected ISnackbar Snackbar { get; set; } = default!;

    /// <summary>Moves to another page.</summary>
    [Inject]
    protected NavigationManager Navigation { get; set; } = default!;

    /// <summary>Who looks at the page.</summary>
    protected ClaimsPrincipal Caller { get; private set; } = new(new ClaimsIdentity());

    /// <summary>The same as an actor for services.</summary>
    protected Actor Actor { get; private set; } = default!;

    /// <summary>Whether the first load is done.</summary>
    protected bool Loaded { get; private set; }

    /// <summary>Whether a command is running; buttons are off meanwhile.</summary>
    protected bool Busy => _running is not null;

    /// <summary>Why the last command was refused.</summary>
    protected IReadOnlyList<Refusal> Refusals { get; private set; } = [];

    /// <summary>Ends when the page is left.</summary>
    protected CancellationToken Ct { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Cancels what is still running for the page.</summary>
    protected virtual void Dispose(bool disposing)
    {
        _left.Cancel();
        _left.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        Caller = (await SignedIn).User;
        Actor = Caller.ToActor(ActorSource.Web);
        await LoadAsync();
        Loaded = true;
    }

    /// <summary>Reads what the page shows; called again whenever its address changes and after commands.</summary>
    protected virtual Task LoadAsync() => Task.CompletedTask;

    /// <summary>Runs a command, shows why it was refused, or says that it is done and loads the page again.</summary>
    /// <param name="command">The command.</param>
    /// <param name="done">What is said when it is done; may be null.</param>
    /// <param name="reload">Whether the page loads again.</param>
    /// <param name="waits">Whether it waits for the one that runs, as what was typed must; otherwise it is dropped, as a second click on a button.</param>
    /// <returns>Its value, or default when it was refused or dropped.</returns>
    protected async Task<T?> RunAsync<T>(Func<Task<Result<T>>> command, string? done = null, bool reload = true, bool waits = false)
    {
        while (_running is not null)
        {
            if (!waits)
            {
                return default;
            }

            await _running.Task;
        }

        var run = _running = new TaskCompletionSource();
        Refusals = [];
        StateHasChanged();
        try
        {
            var result = await command();
            if (!result.TryGet(out var value))
            {
                Refusals = result.Refusals;
                return default;
            }

            if (done is not null)
            {
                Snackbar.Add(done, Severity.Success);
            }

            if (reload)
            {
                await LoadAsync();
            }

            return value;
        }
        catch (Exception) when (Ct.IsCancellationRequested)
        {
            // The page was left; who comes back sees what became of the command.
            return default;
        }
        finally
        {
            _running = null;
            run.SetResult();
        }
    }

    /// <summary>Shows refusals that the page found itself.</summary>
    protected void Refuse(params IReadOnlyList<Refusal> refusals) => Refusals = refusals;
}
