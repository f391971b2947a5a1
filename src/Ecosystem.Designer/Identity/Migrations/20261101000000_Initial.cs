using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace Ecosystem.Designer.Identity.Migrations;

/// <summary>First schema. Names no column types, so that each provider maps the CLR types itself.</summary>
[DbContext(typeof(HostDbContext))]
[Migration("20261101000000_Initial")]
internal sealed class Initial : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "HostUsers",
            table => new
            {
                Id = table.Column<string>(maxLength: 450),
                DisplayName = table.Column<string>(maxLength: 200),
                PartnerId = table.Column<string>(maxLength: 64, nullable: true),
                UserName = table.Column<string>(maxLength: 256, nullable: true),
                NormalizedUserName = table.Column<string>(maxLength: 256, nullable: true),
                Email = table.Column<string>(maxLength: 256, nullable: true),
                NormalizedEmail = table.Column<string>(maxLength: 256, nullable: true),
                EmailConfirmed = table.Column<bool>(),
                PasswordHash = table.Column<string>(nullable: true),
                SecurityStamp = table.Column<string>(nullable: true),
                ConcurrencyStamp = table.Column<string>(nullable: true),
                PhoneNumber = table.Column<string>(nullable: true),
                PhoneNumberConfirmed = table.Column<bool>(),
                TwoFactorEnabled = table.Column<bool>(),
                LockoutEnd = table.Column<long>(nullable: true),
                LockoutEnabled = table.Column<bool>(),
                AccessFailedCount = table.Column<int>(),
            },
            constraints: table => table.PrimaryKey("PK_HostUsers", x => x.Id));
        migrationBuilder.CreateIndex("EmailIndex", "HostUsers", "NormalizedEmail");
        migrationBuilder.CreateIndex("UserNameIndex", "HostUsers", "NormalizedUserName", unique: true);
        migrationBuilder.CreateIndex("IX_HostUsers_PartnerId", "HostUsers", "PartnerId");

        migrationBuilder.CreateTable(
            "HostRoles",
            table => new
            {
                Id = table.Column<string>(maxLength: 450),
                Name = table.Column<string>(maxLength: 256, nullable: true),
                NormalizedName = table.Column<string>(maxLength: 256, nullable: true),
                ConcurrencyStamp = table.Column<string>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_HostRoles", x => x.Id));
        migrationBuilder.CreateIndex("RoleNameIndex", "HostRoles", "NormalizedName", unique: true);

        migrationBuilder.CreateTable(
            "HostUserRoles",
            table => new { UserId = table.Column<string>(maxLength: 450), RoleId = table.Column<string>(maxLength: 450) },
            constraints: table =>
            {
                table.PrimaryKey("PK_HostUserRoles", x => new { x.UserId, x.RoleId });
                table.ForeignKey("FK_HostUserRoles_HostUsers", x => x.UserId, "HostUsers", "Id", onDelete: ReferentialAction.Cascade);
                table.ForeignKey("FK_HostUserRoles_HostRoles", x => x.RoleId, "HostRoles", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_HostUserRoles_RoleId", "HostUserRoles", "RoleId");

        migrationBuilder.CreateTable(
            "HostUserClaims",
            table => new
            {
                Id = Numbered(table.Column<int>()),
                UserId = table.Column<string>(maxLength: 450),
                ClaimType = table.Column<string>(nullable: true),
                ClaimValue = table.Column<string>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_HostUserClaims", x => x.Id);
                table.ForeignKey("FK_HostUserClaims_HostUsers", x => x.UserId, "HostUsers", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_HostUserClaims_UserId", "HostUserClaims", "UserId");

        migrationBuilder.CreateTable(
            "HostRoleClaims",
            table => new
            {
                Id = Numbered(table.Column<int>()),
                RoleId = table.Column<string>(maxLength: 450),
                ClaimType = table.Column<string>(nullable: true),
                ClaimValue = table.Column<string>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_HostRoleClaims", x => x.Id);
                table.ForeignKey("FK_HostRoleClaims_HostRoles", x => x.RoleId, "HostRoles", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_HostRoleClaims_RoleId", "HostRoleClaims", "RoleId");

        migrationBuilder.CreateTable(
            "HostUserLogins",
            table => new
            {
                LoginProvider = table.Column<string>(maxLength: 128),
                ProviderKey = table.Column<string>(maxLength: 128),
                ProviderDisplayName = table.Column<string>(nullable: true),
                UserId = table.Column<string>(maxLength: 450),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_HostUserLogins", x => new { x.LoginProvider, x.ProviderKey });
                table.ForeignKey("FK_HostUserLogins_HostUsers", x => x.UserId, "HostUsers", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_HostUserLogins_UserId", "HostUserLogins", "UserId");

        migrationBuilder.CreateTable(
            "HostUserTokens",
            table => new
            {
                UserId = table.Column<string>(maxLength: 450),
                LoginProvider = table.Column<string>(maxLength: 128),
                Name = table.Column<string>(maxLength: 128),
                Value = table.Column<string>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_HostUserTokens", x => new { x.UserId, x.LoginProvider, x.Name });
                table.ForeignKey("FK_HostUserTokens_HostUsers", x => x.UserId, "HostUsers", "Id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            "HostApiKeys",
            table => new
            {
                Id = table.Column<string>(maxLength: 32),
                Name = table.Column<string>(maxLength: 200),
                SecretHash = table.Column<string>(maxLength: 64),
                Roles = table.Column<string>(maxLength: 200),
                Scopes = table.Column<string>(maxLength: 1000),
                PartnerId = table.Column<string>(maxLength: 64, nullable: true),
                CreatedBy = table.Column<string>(maxLength: 200),
                CreatedAt = table.Column<long>(),
                ExpiresAt = table.Column<long>(nullable: true),
                RevokedAt = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_HostApiKeys", x => x.Id));

        migrationBuilder.CreateTable(
            "HostDataProtectionKeys",
            table => new
            {
                Id = Numbered(table.Column<int>()),
                FriendlyName = table.Column<string>(nullable: true),
                Xml = table.Column<string>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_HostDataProtectionKeys", x => x.Id));

        migrationBuilder.CreateTable(
            "HostIdempotentRequests",
            table => new
            {
                Caller = table.Column<string>(maxLength: 200),
                Key = table.Column<string>(maxLength: 200),
                Fingerprint = table.Column<string>(maxLength: 64),
                ReceivedAt = table.Column<long>(),
                Instance = table.Column<string>(maxLength: 64),
                Status = table.Column<int>(nullable: true),
                ContentType = table.Column<string>(maxLength: 200, nullable: true),
                Location = table.Column<string>(maxLength: 1000, nullable: true),
                ETag = table.Column<string>(maxLength: 200, nullable: true),
                Body = table.Column<byte[]>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_HostIdempotentRequests", x => new { x.Caller, x.Key }));
        migrationBuilder.CreateIndex("IX_HostIdempotentRequests_ReceivedAt", "HostIdempotentRequests", "ReceivedAt");
    }

    /// <inheritdoc />
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in new[]
        {
            "HostIdempotentRequests", "HostDataProtectionKeys", "HostApiKeys", "HostUserTokens", "HostUserLogins", "HostRoleClaims", "HostUserClaims", "HostUserRoles", "HostRoles", "HostUsers",
        })
        {
            migrationBuilder.DropTable(table);
        }
    }

    private static OperationBuilder<AddColumnOperation> Numbered(OperationBuilder<AddColumnOperation> column) => column
        .Annotation("Sqlite:Autoincrement", true)
        .Annotation("SqlServer:Identity", "1, 1")
        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);
}
