from bulletin_lint.cli import program

if __name__ == "__main__":
    program()
