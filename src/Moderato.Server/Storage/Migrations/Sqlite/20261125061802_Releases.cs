using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Moderato.Server.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Releases : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "DerivedFrom",
                table: "Releases",
                type: "TEXT",
                maxLength: 128,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Reason",
                table: "Releases",
                type: "TEXT",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Before",
                table: "ReleasePointers",
                type: "TEXT",
                maxLength: 128,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Canary",
                table: "ReleasePointers",
                type: "TEXT",
                maxLength: 128,
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "CanaryPercent",
                table: "ReleasePointers",
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Shadow",
                table: "ReleasePointers",
                type: "TEXT",
                maxLength: 128,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Until",
                table: "ReleasePointers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Redecisions",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Workspace = table.Column<int>(type: "INTEGER", nullable: false),
                    Release = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    From = table.Column<long>(type: "INTEGER", nullable: false),
                    To = table.Column<long>(type: "INTEGER", nullable: false),
                    Category = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    PerMinute = table.Column<int>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    By = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Started = table.Column<long>(type: "INTEGER", nullable: false),
                    Ended = table.Column<long>(type: "INTEGER", nullable: true),
                    State = table.Column<byte>(type: "INTEGER", nullable: false),
                    AfterTime = table.Column<long>(type: "INTEGER", nullable: false),
                    AfterSequence = table.Column<long>(type: "INTEGER", nullable: false),
                    Seen = table.Column<long>(type: "INTEGER", nullable: false),
                    Reversed = table.Column<long>(type: "INTEGER", nullable: false),
                    Bound = table.Column<long>(type: "INTEGER", nullable: false),
                    WithoutText = table.Column<long>(type: "INTEGER", nullable: false),
                    NotDecided = table.Column<long>(type: "INTEGER", nullable: false),
                    Node = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    LeaseUntil = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Redecisions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReleaseChanges",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Workspace = table.Column<int>(type: "INTEGER", nullable: false),
                    Generation = table.Column<long>(type: "INTEGER", nullable: false),
                    Time = table.Column<long>(type: "INTEGER", nullable: false),
                    Action = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Live = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: true),
                    Before = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    Canary = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    CanaryPercent = table.Column<double>(type: "REAL", nullable: true),
                    Shadow = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    Actor = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReleaseChanges", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Redecisions_State",
                table: "Redecisions",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "IX_ReleaseChanges_Workspace_Id",
                table: "ReleaseChanges",
                columns: new[] { "Workspace", "Id" });

            migrationBuilder.Sql(Store.LogSchema("sqlite.releases"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Redecisions");

            migrationBuilder.DropTable(
                name: "ReleaseChanges");

            migrationBuilder.DropColumn(
                name: "DerivedFrom",
                table: "Releases");

            migrationBuilder.DropColumn(
                name: "Reason",
                table: "Releases");

            migrationBuilder.DropColumn(
                name: "Before",
                table: "ReleasePointers");

            migrationBuilder.DropColumn(
                name: "Canary",
                table: "ReleasePointers");

            migrationBuilder.DropColumn(
                name: "CanaryPercent",
                table: "ReleasePointers");

            migrationBuilder.DropColumn(
                name: "Shadow",
                table: "ReleasePointers");

            migrationBuilder.DropColumn(
                name: "Until",
                table: "ReleasePointers");
        }
    }
}
