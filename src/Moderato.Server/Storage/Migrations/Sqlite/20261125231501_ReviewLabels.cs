using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Moderato.Server.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ReviewLabels : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "Review",
                table: "Labels",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Reviewer",
                table: "Labels",
                type: "TEXT",
                maxLength: 128,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Withdrawn",
                table: "Labels",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Labels_Review",
                table: "Labels",
                column: "Review");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Labels_Review",
                table: "Labels");

            migrationBuilder.DropColumn(
                name: "Review",
                table: "Labels");

            migrationBuilder.DropColumn(
                name: "Reviewer",
                table: "Labels");

            migrationBuilder.DropColumn(
                name: "Withdrawn",
                table: "Labels");
        }
    }
}
