using Ecosystem.Designer.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Designer.Identity;

/// <summary>Registers sign-in for people (cookie) and programs (bearer key).</summary>
internal static class IdentitySetup
{
    private const string Scheme = "Ecosystem";

    /// <summary>Adds the services.</summary>
    public static void AddEcosystemIdentity(this IServiceCollection services, HostSettings settings, DataDirectory data)
    {
        services.AddDbContextFactory<HostDbContext>(options => Database(options, settings, data));
        services.AddDataProtection()
            .SetApplicationName("Ecosystem")
            .PersistKeysToDbContext<HostDbContext>();
        services.AddSingleton<ApiKeyService>();
        services.AddAuthentication(options =>
            {
                options.DefaultScheme = Scheme;
                options.DefaultAuthenticateScheme = Scheme;
                options.DefaultChallengeScheme = Scheme;
                options.DefaultSignInScheme = IdentityConstants.ApplicationScheme;
            })
            .AddPolicyScheme(Scheme, null, options => options.ForwardDefaultSelector = context =>
                ApiKeyHandler.Applies(context.Request) ? ApiKeyHandler.SchemeName : IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null)
            .AddIdentityCookies();
        services.AddIdentityCore<EcosystemUser>(options =>
            {
                options.Password.RequiredLength = 12;
                options.Password.RequireNonAlphanumeric = false;
                options.Password.RequireUppercase = false;
                options.Password.RequireDigit = false;
                options.Lockout.MaxFailedAccessAttempts = 8;
                options.User.RequireUniqueEmail = true;
            })
            .AddRoles<IdentityRole>()
            .AddEntityFrameworkStores<HostDbContext>()
            .AddClaimsPrincipalFactory<EcosystemClaimsFactory>()
            .AddSignInManager();
        services.ConfigureApplicationCookie(options =>
        {
            options.Cookie.Name = "ecosystem";
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.HttpOnly = true;
            options.LoginPath = "/sign-in";
            options.AccessDeniedPath = "/no-access";
            options.ExpireTimeSpan = TimeSpan.FromHours(12);
            options.SlidingExpiration = true;
            options.Events.OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized);
            options.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden);
        });
        services.AddAuthorization();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, RevalidatingSignIn>();
        services.AddSingleton<Ecosystem.Workflows.Tasks.IPeople, SignedUpPeople>();
        services.AddScoped<SignInSeed>();
        services.AddScoped<PartnerSignUp>();
    }

    /// <summary>Chooses the provider of the host's own context.</summary>
    public static void Database(DbContextOptionsBuilder options, HostSettings settings, DataDirectory data)
    {
        switch (settings.DatabaseProvider.ToUpperInvariant())
        {
            case "SQLSERVER":
                options.UseSqlServer(settings.ConnectionString, sql => sql.MigrationsHistoryTable("HostMigrations"));
                break;
            case "POSTGRESQL":
                options.UseNpgsql(settings.ConnectionString, sql => sql.MigrationsHistoryTable("HostMigrations"));
                break;
            default:
                options.UseSqlite($"Data Source={data.Locate("host.db")};Default Timeout=30", sql => sql.MigrationsHistoryTable("HostMigrations"));
                break;
        }
    }

    // Pages redirect to the sign-in page; programs get a status they can read.
    private static Task Answer(RedirectContext<Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationOptions> context, int status)
    {
        if (IsProgram(context.Request))
        {
            context.Response.StatusCode = status;
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }

        return Task.CompletedTask;
    }

    private static bool IsProgram(HttpRequest request) =>
        request.Path.StartsWithSegments("/api", StringComparison.Ordinal) || request.Path.StartsWithSegments("/elsa", StringComparison.Ordinal);
}
